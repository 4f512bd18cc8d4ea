import { z } from 'zod';

/** Options of `evolution`; defaults follow Zeiler & Fergus (2014, section 4.1 and figure 4). */
export const evolutionOptions = z.strictObject({
  checkpoints: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'points of a training, in order: folders, globs, model files or names, photonet@all; left out: all checkpoints of the bundled network that is the model',
    ),
  layers: z
    .array(z.union([z.number().int().min(1), z.string().min(1)]))
    .min(1)
    .describe('layers to follow, by their exact names or their indices from 1; one pass over the data and checkpoint serves all'),
  units: z
    .union([z.literal('all'), z.array(z.number().int().min(0)).min(1)])
    .default('all')
    .describe('channels of each layer, from 0, or all of them'),
  policy: z
    .enum(['deconvnet', 'guided-backprop', 'gradient'])
    .default('deconvnet')
    .describe('how the strongest activation is projected back to its picture; it keeps its value as the signal'),
  sheetUnits: z
    .number()
    .int()
    .min(1)
    .max(400)
    .optional()
    .describe(
      'most units of a layer that are projected, drawn at random, those first that fire at the first checkpoint; left out: all that are named, 16 of all',
    ),
  tensors: z.boolean().default(true).describe('write the projections of each unit as numbers, too'),
  batchSize: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('pictures that go through the network at once; left out: as many as fit into 64 MB of activations, at most 32'),
  watch: z.boolean().default(false).describe('when all is done, wait for further checkpoints, until cancelled with Ctrl-C'),
  watchUntil: z.number().int().min(1).optional().describe('watch until there are so many checkpoints, then end'),
  watchInterval: z.number().min(0.1).max(86_400).default(10).describe('seconds from one look for further checkpoints to the next'),
});

export type EvolutionOptions = z.output<typeof evolutionOptions>;
