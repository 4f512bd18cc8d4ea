import { z } from 'zod';

const given = (schema: z.ZodNumber, text: string) => schema.optional().describe(text);

const removalOptions = {
  remove: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('share of the strokes that are removed, short and late ones first; one always stays'),
  alpha: given(z.number().min(0), 'weight of the order 1 … n of a stroke in its removal; left out: 0.5'),
  beta: given(z.number().min(0), 'weight of the length of a stroke in its removal; left out: 2'),
  lengthUnit: given(
    z.number().positive(),
    'pixels of a canvas of 800 that count as length 1 in its removal; left out: 1, as the authors have it',
  ),
};

const deformationOptions = {
  deform: z
    .enum(['none', 'local', 'global', 'both'])
    .default('both')
    .describe('deformation by moving least squares: of each curved stroke (local), of the whole drawing (global), or both'),
  localStrength: given(
    z.number().min(0),
    'deviation of the points of a curved stroke that is almost straight, less the more it bends, in pixels of a canvas of 800; left out: 15',
  ),
  globalStrength: given(z.number().min(0), 'deviation of the outermost points, in pixels of a canvas of 800; left out: 30'),
};

const placeOptions = {
  flip: z.boolean().default(true).describe('mirrors half of the variants left to right'),
  rotate: z.int().min(0).max(180).default(5).describe('largest turn in whole degrees; 55 of 100 variants are turned'),
  shift: z.int().min(0).max(256).default(16).describe('largest shift in each direction, in pixels of a canvas of 256'),
  noise: z.number().min(0).max(1).default(0).describe('deviation of normal noise on the ink, which is 0 to 1; only pictures show it'),
};

export const augmentationsOptions = z.strictObject({
  ...removalOptions,
  ...deformationOptions,
  ...placeOptions,
  count: z.int().min(1).max(100).default(11).describe('variants of each drawing'),
  size: z.int().min(8).max(1024).default(225).describe('side of a picture on the sheet in pixels'),
  penWidth: z.number().positive().max(1024).optional().describe('width of the pen in pixels; left out: a 128th of the size, at least 1.5'),
});

export type AugmentationsOptions = z.output<typeof augmentationsOptions>;
