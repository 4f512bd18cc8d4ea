import { z } from 'zod';

const layer = z.union([z.string(), z.number().int().positive()]);

/** Options of `dream`; defaults follow google/deepdream (4 octaves of 10 iterations, ratio 1.4, jitter 32, step 1.5 grey levels). */
export const dreamOptions = z.strictObject({
  layers: z
    .array(layer)
    .min(1)
    .optional()
    .describe('layers to excite, by name or index; left out: the last one whose positions are at most 8 pixels apart'),
  weights: z.array(z.number()).min(1).optional().describe('weight of each layer in the objective; left out: 1 each'),
  iterations: z.number().int().min(1).max(100_000).default(10).describe('steps in each octave'),
  octaves: z.number().int().min(1).max(32).default(4).describe('number of sizes at which the picture is worked on'),
  octaveScale: z.number().gt(1).max(10).default(1.4).describe('ratio between the sizes of neighbouring octaves'),
  jitter: z.number().int().min(0).max(4096).default(32).describe('largest random shift before each step, in pixels'),
  step: z
    .number()
    .positive()
    .optional()
    .describe("step size in the network's input units; left out: 1.5 grey levels (needed for the step rule fixed)"),
  stepRule: z
    .enum(['mean-gradient', 'fixed', 'adam'])
    .default('mean-gradient')
    .describe('gradient divided by its mean absolute value, plain gradient, or Adam'),
  objectiveScale: z.number().positive().default(1).describe('factor on the objective; ½ gives the objective of google/deepdream'),
  start: z.enum(['input', 'noise']).default('input').describe('start from the inputs, or from uniform noise over the pixel range'),
  size: z
    .tuple([z.number().int().min(8).max(16_384), z.number().int().min(8).max(16_384)])
    .optional()
    .describe('height,width of the picture to work on, in pixels; left out: that of the input'),
  longSide: z
    .number()
    .int()
    .min(8)
    .max(16_384)
    .optional()
    .describe('longer side of the picture to work on, in pixels, keeping its proportions; not together with size'),
  clamp: z
    .boolean()
    .optional()
    .describe('keep the picture inside the pixel range (0 to 255 when unknown); left out: where the preprocessing tells it'),
  frameEvery: z
    .number()
    .int()
    .min(0)
    .default(2)
    .describe('emit a picture of every n-th iteration, also collected in the animation; 0 for none'),
});

export type DreamOptions = z.output<typeof dreamOptions>;
