import { DECONVNET, GRADIENT, GUIDED } from '@featurescope/core';
import { z } from 'zod';

const whole = z.number().int().min(0);

export const POLICIES = { deconvnet: DECONVNET, 'guided-backprop': GUIDED, gradient: GRADIENT } as const;

/** Options of `top-activations`; defaults follow Zeiler & Fergus (2014, section 4 and figure 2). */
export const topOptions = z.strictObject({
  layers: z
    .array(z.union([z.number().int().min(1), z.string().min(1)]))
    .min(1)
    .describe('layers to look at, by their exact names or their indices from 1; one pass over the data serves all'),
  units: z
    .union([z.literal('all'), z.array(whole).min(1)])
    .default('all')
    .describe('channels of each layer, from 0, or all of them'),
  top: z.number().int().min(1).max(1000).default(9).describe('number of strongest activations of each unit, at most one for each picture'),
  policy: z
    .enum(['deconvnet', 'guided-backprop', 'gradient'])
    .default('deconvnet')
    .describe('how an activation is projected back to the picture; it keeps its value as the signal'),
  batchSize: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('most pictures in one pass; left out: as many as fit into 64 MB of activations, at most 32'),
  shard: z
    .string()
    .optional()
    .describe('i/n: look only at the i-th of n parts of the data, i from 1, without projections; --merge joins the parts'),
  merge: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('output folders of the runs of all shards, whose results are joined instead of looking at the data again'),
  projections: z.boolean().default(true).describe('project the strongest activations and make pictures; else only the table'),
  tensors: z.boolean().default(true).describe('write the projections of each unit as numbers, too'),
  sheetUnits: z
    .number()
    .int()
    .min(1)
    .max(400)
    .default(16)
    .describe('most units on the sheet of a layer, drawn at random among those that fire'),
});

export type TopOptions = z.output<typeof topOptions>;
