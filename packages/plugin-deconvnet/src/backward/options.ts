import { targetOptions } from '@featurescope/core';
import { z } from 'zod';

/** Options of every visualizer that carries one unit's signal back to the picture. */
export const projectionOptions = z.strictObject({
  ...targetOptions,
  signal: z
    .enum(['one', 'activation'])
    .default('one')
    .describe('what is placed at the unit: 1 (Simonyan et al.), or its activation (Zeiler & Fergus)'),
});

export type ProjectionOptions = z.output<typeof projectionOptions>;
