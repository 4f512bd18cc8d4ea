import { targetOptions } from '@featurescope/core';
import { z } from 'zod';

/** To which part of a network of stroke-order channels the strokes that are left belong. */
export type Dealing = 'kept' | 'again';

export const strokeOcclusionOptions = z.strictObject({
  ...targetOptions,
  pieces: z
    .int()
    .min(2)
    .max(2000)
    .optional()
    .describe(
      'Cuts strokes into pieces of equal length, none longer than this part of all ink (40: a 40th), which go missing one by one too, and between which a drawing can break off. Default: whole strokes only',
    ),
  dealing: z
    .enum(['kept', 'again'])
    .optional()
    .describe(
      'For networks that see stroke-order channels: whether strokes that are left keep the part of the whole drawing to which they belong, or are dealt out again as if there had been no others. Default: kept where one is missing, again where all that follow are',
    ),
  batchSize: z.int().min(1).max(4096).optional().describe('Drawings in one pass; does not change the result. Default: by memory'),
});

export type StrokeOcclusionOptions = z.output<typeof strokeOcclusionOptions>;
