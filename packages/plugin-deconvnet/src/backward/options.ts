import { targetOptions } from '@featurescope/core';
import { z } from 'zod';

/** Option fields of every visualizer that carries units' signals back to the picture. */
export const projectionFields = {
  ...targetOptions,
  units: z
    .array(z.number().int().min(0))
    .min(1)
    .optional()
    .describe('Several channels of the layer, carried back together in one batch, with results for each'),
  signal: z
    .enum(['one', 'activation'])
    .default('one')
    .describe('What is placed at the unit: 1 (Simonyan et al.), or its activation (Zeiler & Fergus)'),
  wholeMap: z
    .boolean()
    .default(false)
    .describe('Places the signal at every position of the channel instead of one; with --signal activation its whole map (FeatureVis)'),
  batchSize: z.number().int().min(1).max(256).default(16).describe('Most units of --units that are carried back in one pass'),
};

export const projectionOptions = z.strictObject(projectionFields);

export type ProjectionOptions = z.output<typeof projectionOptions>;
