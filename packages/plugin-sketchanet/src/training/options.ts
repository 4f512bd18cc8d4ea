import { STROKE_SPLITS } from '@featurescope/core';
import { z } from 'zod';

const augmentationOptions = z.strictObject({
  removals: z
    .array(z.number().min(0).max(1))
    .min(1)
    .default([0])
    .describe('Shares of the strokes that are removed, short and late ones first; one of them is drawn each time (Yu et al., IJCV 2017)'),
  deform: z
    .enum(['none', 'local', 'global', 'both'])
    .default('none')
    .describe('Deformation by moving least squares: of each curved stroke, of the whole drawing, or both (Yu et al., IJCV 2017)'),
  flip: z.boolean().default(true).describe('Mirrors half of the drawings left to right'),
  rotate: z.int().min(0).max(180).default(5).describe('Largest turn in whole degrees; 55 of 100 drawings are turned'),
  shift: z.int().min(0).max(256).default(16).describe('Largest shift in each direction, in pixels of a canvas of 256'),
  noise: z.number().min(0).default(0).describe('Standard deviation of added normal noise, as a part of the ink'),
});

/** How drawings are chosen, split and fed; the defaults are those of the authors of Sketch-a-Net where they are known. */
export const drawingSourceOptions = z.strictObject({
  sources: z
    .array(z.string())
    .min(1)
    .describe('Collections of drawings: `.ndjson`, also packed, `.tar.gz` archives or folders of them; paths count from the config'),
  classes: z
    .array(z.string())
    .min(2)
    .optional()
    .describe('Class names in the order of their labels; left out: all with enough drawings, sorted'),
  minDrawings: z.int().min(1).default(1).describe('Drawings that a class needs'),
  folds: z.int().min(2).max(100).default(3).describe('Parts that the drawings are split into, by their ids'),
  fold: z.int().min(1).max(100).default(1).describe('Part that is held out to measure accuracy, from 1'),
  size: z.int().min(8).max(2048).default(225).describe('Side of the input in pixels'),
  canvas: z
    .int()
    .min(8)
    .max(4096)
    .optional()
    .describe(
      'Side in pixels of the square that holds the whole drawing, of whose middle the network sees its size; left out: 256/225 of the size',
    ),
  penWidth: z.number().positive().max(256).optional().describe('Width of the pen in pixels; left out: a 128th of the canvas, at least 1.5'),
  parts: z
    .int()
    .min(1)
    .max(5)
    .default(3)
    .describe('Parts k in the order of drawing, which are k(k+1)/2 channels; 1 for all strokes in one channel'),
  split: z.enum(STROKE_SPLITS).default('even').describe('How strokes are dealt out to parts'),
  resolution: z
    .union([z.int().min(1).max(4096), z.array(z.int().min(1).max(4096)).min(1).max(8)])
    .optional()
    .describe(
      'Side that the canvas is scaled down to and up again; left out: it is not; of several, each has channels of its own, one scale after the other',
    ),
  ink: z.number().positive().default(255).describe('Value of full ink; paper is 0'),
  augmentation: augmentationOptions.prefault({}).describe('Random changes of the drawings'),
});

export type DrawingSourceOptions = z.output<typeof drawingSourceOptions>;
