import { STROKE_SPLITS } from '@featurescope/core';
import { z } from 'zod';

export const strokeChannelsOptions = z.strictObject({
  parts: z
    .int()
    .min(1)
    .max(5)
    .default(3)
    .describe('parts k into which the strokes are cut in the order of drawing; all unions of neighbours make k(k+1)/2 channels'),
  split: z
    .enum(STROKE_SPLITS)
    .default('even')
    .describe(
      'how strokes are dealt out: even (equally many to each part), outline (long and early ones to the first), adaptive (equal detail in each part)',
    ),
  size: z.int().min(8).max(4096).default(225).describe('side of the channels in pixels'),
  penWidth: z.number().positive().max(1024).optional().describe('width of the pen in pixels; left out: a 128th of the size, at least 1.5'),
  scales: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(16)
    .optional()
    .describe('resolutions at which the whole drawing is shown too: scaled down to this side and up again, such as 192,128,64'),
});

export type StrokeChannelsOptions = z.output<typeof strokeChannelsOptions>;
