import { z } from 'zod';
import { loopOptions } from '../loop/options.js';
import { startOptions } from '../loop/start.js';
import { regulariserOptions } from '../regularisers/options.js';
import { tileOptions } from '../tiles/options.js';

export const layerReference = z.union([z.string(), z.number().int().positive()]);

/** Which layers, and how several of them work together. */
const layerOptions = {
  layers: z
    .array(layerReference)
    .min(1)
    .optional()
    .describe('layers to excite together, by name or index; left out: the last one whose positions are at most 8 pixels apart'),
  weights: z.array(z.number()).min(1).optional().describe('weight of each layer in the objective; left out: 1 each'),
  cycle: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'layers to excite in turn within each iteration, each with a step of its own or --step: layer@step,layer@step; instead of layers',
    ),
  objectiveScale: z.number().positive().default(1).describe('factor on the objective; ½ gives the objective of google/deepdream'),
};

const guideOptions = {
  guide: z.string().optional().describe('picture whose features are to appear, instead of whatever the layers see'),
  guideMatch: z
    .enum(['dot', 'max'])
    .default('dot')
    .describe(
      'how features are matched: position by position (the guide is resized to the picture), or each with the guide position it fits best',
    ),
  guideMix: z.number().min(0).max(1).default(0).describe('share of the plain objective ‖a‖² in a guided dream, from 0 to 1'),
  minimise: z.boolean().default(false).describe('go down instead of up: away from the guide, or from what the layers see'),
};

const octaveOptions = {
  octaves: z.number().int().min(1).max(32).default(4).describe('number of sizes at which the picture is worked on'),
  octaveScale: z.number().gt(1).max(10).default(1.4).describe('ratio between the sizes of neighbouring octaves'),
  jitter: z
    .number()
    .int()
    .min(0)
    .max(4096)
    .optional()
    .describe(
      'largest random shift before each step, in pixels; left out: a seventh of the size that the network was made for, at most 32',
    ),
};

/** Options of `dream`; defaults follow google/deepdream (4 octaves of 10 iterations, ratio 1.4, jitter 32 of 224, step 1.5 grey levels). */
export const dreamOptions = z.strictObject({
  ...layerOptions,
  ...loopOptions(10, 'steps in each octave'),
  ...octaveOptions,
  ...startOptions('input'),
  ...guideOptions,
  ...tileOptions,
  ...regulariserOptions,
});

export type DreamOptions = z.output<typeof dreamOptions>;
