import { targetOptions } from '@featurescope/core';
import { z } from 'zod';

/** What is gathered along strokes. */
export const SALIENCY_METHODS = ['gradient-times-input', 'gradient', 'guided-backprop', 'integrated-gradients'] as const;

export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];

/** Points on the way when none are given. */
export const STEPS = 50;

export const strokeSaliencyOptions = z.strictObject({
  ...targetOptions,
  method: z
    .enum(SALIENCY_METHODS)
    .default('gradient-times-input')
    .describe(
      'What is gathered: gradient-times-input (the gradient, times what ink changes of an empty canvas); gradient (its magnitude on the ink, whatever its direction); guided-backprop (times ink, as the first); integrated-gradients (adds up to the score less that of an empty canvas)',
    ),
  steps: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe(`Points on the way from the empty canvas to the drawing, for --method integrated-gradients. Default: ${STEPS}`),
  pieces: z
    .int()
    .min(1)
    .max(2000)
    .default(120)
    .describe('Strokes are coloured in pieces of equal length, none longer than this part of all ink (120: a 120th)'),
});

export type StrokeSaliencyOptions = z.output<typeof strokeSaliencyOptions>;
