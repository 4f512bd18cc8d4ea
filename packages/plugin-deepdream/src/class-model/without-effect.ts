import type { RunContext } from '@featurescope/core';
import { frameReasons, idle, startReasons, unread } from '../loop/without-effect.js';
import { type ClassModelOptions, classModelOptions } from './options.js';

/** What was given but does nothing, in words. */
export const withoutEffect = (context: Pick<RunContext, 'inputs' | 'dataset'>, options: ClassModelOptions): string[] => [
  ...unread(context, options),
  ...idle(classModelOptions, options, {
    ...startReasons(options),
    ...frameReasons(options),
    blurSigma: options.blurEvery === 0 && 'with --blur-every 0',
  }),
];
