import { z } from 'zod';
import { methodFields } from '../../attribution/method.js';
import { DRAWS } from './randomise.js';

export const sanityOptions = z.strictObject({
  ...methodFields('Visualizer whose attribution is tested, by its name'),
  mode: z
    .enum(['cascading', 'independent'])
    .default('cascading')
    .describe('Randomises layer after layer from the target down and keeps those before, or each layer by itself'),
  draw: z
    .enum(DRAWS)
    .default('normal')
    .describe(
      'New weights: from a normal distribution with mean and deviation of those of the layer, those of the layer in another order, or as before training (He et al.)',
    ),
  randomLogits: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(3)
    .describe('Other classes, or units of the same layer, that are drawn and explained instead'),
});

export type SanityOptions = z.output<typeof sanityOptions>;
