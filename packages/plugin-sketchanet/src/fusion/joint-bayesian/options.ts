import { z } from 'zod';

export const jointBayesianOptions = z.strictObject({
  emMode: z
    .enum(['exact', 'chen2012'])
    .default('exact')
    .describe(
      'Update of the covariances: `exact` EM, whose likelihood never falls, or `chen2012`, as published, which leaves the uncertainty of μ and ε out',
    ),
  ridge: z
    .number()
    .min(0)
    .default(1e-3)
    .describe('Added to the diagonal of S_ε, in parts of its first mean variance; needed when features are constant'),
  components: z
    .union([z.int().min(1), z.literal('all')])
    .default('all')
    .describe('Principal components that the features are reduced to first; time grows with their cube'),
  iterations: z.int().min(1).default(500).describe('Most steps of EM'),
  tolerance: z.number().positive().default(1e-6).describe('Stops when ‖S_ε − last S_ε‖ ≤ tolerance · ‖S_ε‖'),
});

export type JointBayesianOptions = z.output<typeof jointBayesianOptions>;

export const neighbourOptions = z.strictObject({
  k: z.int().min(1).default(5).describe('Nearest training samples of each view'),
  votes: z
    .enum(['views', 'neighbours'])
    .default('views')
    .describe('Who votes on a drawing: each of its `views`, for the class of most of its neighbours, or all `neighbours` of all views'),
});

export type NeighbourOptions = z.output<typeof neighbourOptions>;
