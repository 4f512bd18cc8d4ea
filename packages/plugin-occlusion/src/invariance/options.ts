import { z } from 'zod';

const amounts = z.union([
  z.number().int().min(0).max(1000),
  z.array(z.number()).min(1),
  z.string().regex(/^[^:]+:[^:]+:[^:]+$/, 'expected a range from:to:step'),
]);

const HOW = 'how many over the usual range, amounts separated by commas, or a range from:to:step; 0 for none';

export const invarianceOptions = z.strictObject({
  translations: amounts
    .default(13)
    .describe(
      `Pixels by which a picture is moved down (negative: up), and to the right (negative: left): ${HOW}. Usual: a quarter of the side either way`,
    )
    .meta({ placeholder: 'amounts' }),
  scales: amounts
    .default(13)
    .describe(`Factors by which a picture is enlarged about its centre: ${HOW}. Usual: 0.6 to 1.8`)
    .meta({ placeholder: 'amounts' }),
  rotations: amounts
    .default(25)
    .describe(`Degrees by which a picture is turned counter-clockwise about its centre: ${HOW}. Usual: 0 to 360`)
    .meta({ placeholder: 'amounts' }),
  layers: z
    .array(z.union([z.number().int().min(1), z.string().min(1)]))
    .min(1)
    .optional()
    .describe(
      'Layers whose features are compared, by their exact names or their indices from 1. Default: the first layer with its nonlinearity, and the last layer below the class scores (the class scores where that one is a map)',
    ),
  class: z
    .union([z.number().int().min(0), z.string().min(1)])
    .optional()
    .describe(
      'Class whose probability is followed, by its index from 0 or its label. Default: the most probable one of each picture as it is',
    ),
  baseline: z
    .union([z.number(), z.literal('mean')])
    .default('mean')
    .describe(
      "What lies around the picture: a number in the network's input units, or mean (0 where preprocessing subtracts a mean, else the middle of the range)",
    ),
  batchSize: z.number().int().min(1).max(256).default(16).describe('Changed pictures in one pass; does not change the result'),
});

export type InvarianceOptions = z.output<typeof invarianceOptions>;
