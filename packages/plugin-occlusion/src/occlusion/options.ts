import { idleOptions, targetOptions } from '@featurescope/core';
import { z } from 'zod';

const pixels = z.number().int().min(1);
const extent = z.union([pixels, z.tuple([pixels, pixels])]);

/** What is followed while parts of the picture are hidden. */
export const SCORES = ['logit', 'probability', 'unit', 'activity'] as const;

/** Baselines that have a name. */
export const BASELINES = ['mean', 'blur', 'noise'] as const;

export const occlusionOptions = z.strictObject({
  window: extent
    .optional()
    .describe('Side of the hidden square in pixels, or height and width. Default: a seventh of the shorter side (32 at 224)')
    .meta({ placeholder: 'n|h,w' }),
  windows: z
    .union([
      z.array(pixels).min(1).max(32),
      z
        .array(z.tuple([pixels, pixels]))
        .min(1)
        .max(32),
    ])
    .optional()
    .describe('Several windows, one study for each and their mean: sides such as 16,32,48, or sizes such as 16,32;32,16')
    .meta({ placeholder: 'n,…|h,w;…' }),
  stride: extent
    .optional()
    .describe('Pixels from one position of the window to the next, or rows and columns. Default: a quarter of the window')
    .meta({ placeholder: 'n|h,w' }),
  baseline: z
    .union([z.number(), z.string().min(1)])
    .default('mean')
    .describe(
      "What is seen in the window: a number in the network's input units; mean (0 where preprocessing subtracts a mean, else the middle of the range); blur (the picture blurred); noise (normal, with mean and deviation of each channel of the picture); or the path of another picture",
    )
    .meta({ placeholder: 'n|mean|blur|noise|file' }),
  blurSigma: z
    .number()
    .gt(0)
    .max(500)
    .optional()
    .describe('Standard deviation in pixels of --baseline blur. Default: a sixteenth of the shorter side'),
  ...targetOptions,
  score: z
    .enum(SCORES)
    .optional()
    .describe(
      'What is followed: logit or probability of the class, a unit at one position (--layer), or the activity of its map, summed over positions. Default: unit with --layer, probability with --of probabilities, else logit',
    ),
  mapLayer: z
    .union([z.number().int().min(1), z.string().min(1)])
    .optional()
    .describe(
      'Layer whose most active map on the whole picture gives the activity map, by its name or its index from 1. Default: the last one with more than one position below the layer that makes the class scores',
    ),
  refine: z
    .boolean()
    .default(false)
    .describe(
      'Coarse to fine: every few positions first, then those between where the score varies; the others are interpolated, with the class of the nearest',
    ),
  refineStep: z
    .union([z.literal(2), z.literal(4), z.literal(8), z.literal(16)])
    .optional()
    .describe('Positions from one to the next at which --refine begins. Default: 4'),
  refineTolerance: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      'What --refine leaves to interpolation, as a share of the range of the scores: differences of neighbours first, then how far off interpolation was beside. Default: 0.2',
    ),
  batchSize: z.number().int().min(1).max(4096).optional().describe('Windows in one pass; does not change the result. Default: by memory'),
  incremental: z
    .boolean()
    .default(true)
    .describe('Computes only what a window changes, where the runtime can; the same result as whole passes, sooner'),
});

export type OcclusionOptions = z.output<typeof occlusionOptions>;

/** Warnings about options that were given without effect. */
export function withoutEffect(options: OcclusionOptions): readonly string[] {
  const { baseline, refine, windows } = options;
  const sizes = (windows ?? []).map(String);
  const whole = !refine && 'without --refine';
  return [
    ...idleOptions(occlusionOptions, options, {
      blurSigma: baseline !== 'blur' && 'without --baseline blur',
      refineStep: whole,
      refineTolerance: whole,
    }),
    ...(new Set(sizes).size < sizes.length ? ['--windows names a window more than once; each is studied once.'] : []),
  ];
}
