import { z } from 'zod';

const whole = z.number().int().min(0);

/** Options of `filters`. */
export const filterOptions = z.strictObject({
  layer: z
    .union([z.number().int().min(1), z.string().min(1)])
    .optional()
    .describe('convolution to look at, by its exact name or its index from 1, in every network; left out: the first one of each'),
  units: z
    .union([z.literal('all'), z.array(whole).min(1)])
    .default('all')
    .describe('filters, from 0, or all of them'),
  most: z.number().int().min(1).max(4096).default(256).describe('most filters looked at where all are asked for: the first ones'),
  with: z.string().min(1).optional().describe('another network to show beside the run’s, as --model takes it'),
  scale: z
    .enum(['filter', 'shared'])
    .default('filter')
    .describe('whether each filter has a contrast of its own, or all of a network share one, which shows weak filters as weak'),
  planes: z
    .number()
    .int()
    .min(1)
    .max(512)
    .default(16)
    .describe('most input channels shown of filters that do not look at colours: those with the largest weights'),
  side: z.number().int().min(8).max(256).default(48).describe('side in pixels to which a filter is enlarged, by a whole factor'),
  gabor: z.boolean().default(true).describe('fit a Gabor function to each filter'),
  projection: z
    .enum(['principal', 'luminance'])
    .default('principal')
    .describe(
      'the plane of a filter that is fitted: along the direction among its channels in which it varies most over space, or its luminance (three channels of colour only; else the principal one)',
    ),
  wellFitted: z.number().min(0).max(1).default(0.8).describe('least share of explained variance (r²) of a filter that counts as a Gabor'),
  noise: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(40)
    .describe('filters of white noise that are fitted for comparison, since a small kernel is easily fitted; 0 for none'),
  deadBelow: z.number().min(0).max(1).default(0.02).describe('share of the largest norm below which a filter counts as dead'),
  duplicateAbove: z
    .number()
    .min(0)
    .max(1)
    .default(0.95)
    .describe('cosine between two filters above which the second counts as a duplicate'),
});

export type FilterOptions = z.output<typeof filterOptions>;
