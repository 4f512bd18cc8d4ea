import { z } from 'zod';

/** Exponent of the total variation, and deviation of a blur, when none is given. */
export const TV_BETA = 2;
export const BLUR_SIGMA = 1;

const percentage = z.number().min(0).lt(100).default(0);

/** Fields of an options schema; everything is off unless asked for, except the clamp of a network whose preprocessing is known. */
export const regulariserOptions = {
  decay: z.number().min(0).lt(1).default(0).describe('part of the picture taken away after each step; 0 for none'),
  l2: z.number().min(0).default(0).describe('L2 penalty: the picture shrinks by this times the step size after each step; 0 for none'),
  totalVariation: z
    .number()
    .min(0)
    .default(0)
    .describe('weight of the total variation, which smooths the picture after each step; 0 for none'),
  tvBeta: z.number().gt(0).max(4).default(TV_BETA).describe('exponent of the total variation; below 2 keeps edges sharper'),
  blurEvery: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('blur the picture after every n-th step; left out: after each one if blur-sigma is given, else never'),
  blurSigma: z
    .number()
    .gt(0)
    .max(100)
    .optional()
    .describe(`standard deviation of the blur in pixels; left out: ${BLUR_SIGMA} if blur-every is given, else no blur`),
  clipNorm: percentage.describe('percentage of the pixels, those of smallest norm, set to 0 after each step'),
  clipContribution: percentage.describe('percentage of the pixels, those that contribute least to the objective, set to 0 after each step'),
  clamp: z
    .union([z.boolean(), z.tuple([z.number(), z.number()])])
    .optional()
    .describe(
      "keep the picture inside the pixel range (0 to 255 when unknown), or between two values in the network's input units; " +
        'left out: where the preprocessing tells the range',
    ),
};

export type RegulariserOptions = z.output<z.ZodObject<typeof regulariserOptions>>;
