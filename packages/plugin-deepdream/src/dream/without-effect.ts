import { idleOptions, type RunContext } from '@featurescope/core';
import type { z } from 'zod';
import { frameReasons, startReasons, unread } from '../loop/without-effect.js';
import type { DreamOptions } from './options.js';
import { hasOwnSteps } from './plan.js';

/** A film has its own frames. */
type Options = Omit<DreamOptions, 'frameEvery'> & Partial<Pick<DreamOptions, 'frameEvery'>>;

/** What was given to a dream, or to a film of dreams with its own schema, but does nothing, in words. */
export const withoutEffect = (context: Pick<RunContext, 'inputs' | 'dataset'>, schema: z.ZodObject, options: Options): string[] => [
  ...unread(context, options),
  ...idleOptions(schema, options, {
    ...startReasons(options),
    ...frameReasons(options),
    step: hasOwnSteps(options) && 'where each layer of --cycle has a step of its own',
    guideMatch: options.guide === undefined && 'without --guide',
    guideMix: options.guide === undefined && 'without --guide',
    octaveScale: options.octaves === 1 && 'with --octaves 1',
    memory: options.tileSize && 'with --tile-size, which says how large the tiles are',
  }),
];
