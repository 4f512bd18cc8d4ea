import { z } from 'zod';
import { loopOptions } from '../loop/options.js';
import { startOptions } from '../loop/start.js';
import { STEP_RULES } from '../loop/step-rules.js';
import { regulariserOptions } from '../regularisers/options.js';
import { NATURAL_DEVIATION } from './grey-units.js';

const { animation } = loopOptions(1);
const { size, longSide } = startOptions('gaussian');
const { blurEvery, blurSigma } = regulariserOptions;

/** What is inverted. */
const targetOptions = {
  layer: z
    .union([z.string().min(1), z.number().int().min(1)])
    .optional()
    .describe('layer whose output is inverted, by name or index; left out: one in the middle of the network that all paths go through'),
  neighbourhood: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('only the central n×n positions of the layer count, which shows how far their receptive fields reach; left out: all'),
};

const descentOptions = {
  iterations: z.number().int().min(1).max(100_000).default(400).describe('steps of gradient descent, over all parts of the schedule'),
  step: z
    .number()
    .positive()
    .optional()
    .describe(
      'base rate, free of units: momentum and fixed multiply the gradient by step · σ², adam and mean-gradient move a value by about step · ' +
        `${NATURAL_DEVIATION.toFixed(1)} grey levels; left out: 0.004 for momentum, 0.04 for fixed, 0.05 for adam, 0.02 for mean-gradient`,
    ),
  stepLimit: z
    .number()
    .min(0)
    .default(8)
    .describe(
      'most that one gradient may move the picture, in grey levels on average, for momentum and fixed: keeps steep layers from diverging; ' +
        'falls with the factors of the schedule; 0 for no limit',
    ),
  stepRule: z
    .enum(['momentum', ...STEP_RULES])
    .default('momentum')
    .describe('gradient with momentum, gradient divided by its mean absolute value, plain gradient, or Adam'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('part of the last step that is kept, for the step rule momentum'),
  schedule: z
    .array(z.number().positive().max(1000))
    .min(1)
    .max(100)
    .default([1, 0.1, 0.01])
    .describe('factors on the step, one after another; with each of them momentum starts again from 0'),
  shares: z
    .array(z.number().positive())
    .min(1)
    .max(100)
    .optional()
    .describe('share of the iterations for each factor of the schedule, such as 1,2,1; left out: 1,2,1 for three factors, else equal'),
};

/** Published weight of the α-norm. */
export const ALPHA_WEIGHT = 8e-10;

const lossOptions = {
  tvWeight: z
    .number()
    .min(0)
    .optional()
    .describe(
      'weight λ of the total variation; left out: 1 for a layer in the first quarter of the network, 10 to its middle, 100 above, times the side of the picture / 227; 0 where the preprocessing is not known',
    ),
  tvBeta: z.number().min(1).max(4).default(2).describe('exponent β of the total variation; 1 keeps edges but leaves spikes'),
  alphaWeight: z
    .number()
    .min(0)
    .optional()
    .describe(
      `weight of the α-norm Σ|x|^α in grey levels, which keeps the picture in range; left out: ${ALPHA_WEIGHT}, or 0 where the preprocessing is not known`,
    ),
  alpha: z.number().min(1).max(12).default(6).describe('exponent α of the α-norm'),
};

const beginOptions = {
  start: z
    .enum(['gaussian', 'uniform', 'flat'])
    .default('gaussian')
    .describe(
      'start from gaussian noise as strong as a natural picture, from uniform noise over the pixel range, or from one value everywhere',
    ),
  startDeviation: z
    .number()
    .positive()
    .max(1000)
    .default(NATURAL_DEVIATION)
    .describe('root mean square of gaussian noise, in grey levels of 255'),
  repeats: z.number().int().min(1).max(100).default(1).describe('reconstructions of each input, each from noise of its own'),
  size,
  longSide,
};

/** Options of `invert`; defaults follow the experiments of deep-goggle (Mahendran & Vedaldi, 2015). */
export const invertOptions = z.strictObject({
  ...targetOptions,
  ...descentOptions,
  ...lossOptions,
  ...beginOptions,
  clamp: z
    .union([z.boolean(), z.tuple([z.number(), z.number()])])
    .default(false)
    .describe("keep the picture inside the pixel range (0 to 255 when unknown), or between two values in the network's input units"),
  blurEvery,
  blurSigma,
  frameEvery: z
    .number()
    .int()
    .min(0)
    .default(10)
    .describe('emit a picture of every n-th iteration, also collected in the animation; 0 for none'),
  animation,
  guard: z
    .boolean()
    .default(true)
    .describe(
      'stop when 80 % of the picture is far outside the pixel range, or at its ends under a clamp, and keep the last good one (values that are not numbers always stop)',
    ),
});

export type InvertOptions = z.output<typeof invertOptions>;
