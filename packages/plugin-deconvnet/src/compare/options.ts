import { targetOptions } from '@featurescope/core';
import { z } from 'zod';

/** What shares one scale of colours. */
export const NORMALISATIONS = ['method', 'grid', 'cell'] as const;

/** How an attribution becomes a picture. */
export const VIEWS = ['heatmap', 'magnitude', 'overlay'] as const;

export const compareOptions = z.strictObject({
  methods: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Visualizers to compare, by their names; each has to yield a tensor "attribution" or an image "image". Default: all installed ones that name their family',
    ),
  methodOptions: z
    .record(z.string(), z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])))
    .default({})
    .describe('Further options of single methods, by their names'),
  ...targetOptions,
  layers: z
    .array(z.union([z.number().int().min(1), z.string().min(1)]))
    .min(1)
    .optional()
    .describe('Layers for a grid of methods and layers, by names or indices from 1; the strongest unit of each is explained'),
  normalise: z
    .enum(NORMALISATIONS)
    .default('method')
    .describe(
      'Which attributions of a grid share one scale: those of one method (on networks whose pixels have the same unit), all of them, or each has its own',
    ),
  show: z
    .enum(VIEWS)
    .default('heatmap')
    .describe(
      'Attributions as signed heatmaps (sum over channels), as grey maps of their largest magnitudes, or as heatmaps on the picture',
    ),
  iterations: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(64)
    .describe('Most steps of methods that make a picture step by step; those whose own number is smaller take that'),
});

export type CompareOptions = z.output<typeof compareOptions>;
