import { idleOptions, type RunContext } from '@featurescope/core';
import { frameReasons, startReasons, unread } from '../loop/without-effect.js';
import { type ClassModelOptions, classModelOptions } from './options.js';

/** What was given but does nothing, in words. */
export const withoutEffect = (context: Pick<RunContext, 'inputs' | 'dataset'>, options: ClassModelOptions): string[] => [
  ...unread(context, options),
  ...idleOptions(classModelOptions, options, {
    ...startReasons(options),
    ...frameReasons(options),
    blurSigma: options.blurEvery === 0 && 'with --blur-every 0',
  }),
];
