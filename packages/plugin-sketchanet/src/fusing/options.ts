import { z } from 'zod';
import { BUNDLED_ENSEMBLE } from '../ensemble/ensemble.js';
import { VIEWS } from '../ensemble/views.js';

/** How the networks of an ensemble are made one, in the order of the table. */
export const FUSIONS = ['mean', 'weighted', 'softmax', 'svm', 'joint-bayesian'] as const;
export type FusionName = (typeof FUSIONS)[number];

/** What every comparison on held-out drawings needs. */
export const heldOutOptions = {
  ensemble: z
    .array(z.string().min(1))
    .min(1)
    .default([...BUNDLED_ENSEMBLE])
    .describe(
      'networks of drawings, by name or file; those that held out the same part of the drawings make an ensemble, and the drawings of several parts are pooled (cross-validation)',
    ),
  folds: z
    .int()
    .min(2)
    .max(100)
    .optional()
    .describe('parts that the drawings were split into by their ids, for networks whose files do not tell'),
  fold: z.int().min(1).max(100).optional().describe('part that networks whose files do not tell were not trained on, from 1'),
  limit: z
    .int()
    .min(1)
    .optional()
    .describe('most drawings of a class on each side of the split, for a quick look; left out: all of the data set'),
};

export const viewOptions = {
  views: z
    .literal([...VIEWS])
    .default(10)
    .describe('views of each tested drawing: the middle of its canvas, or four corners and the middle, each also mirrored'),
};

/** What is left out has the default that its description names, so that a value without effect is noticed. */
export const jointBayesianChoices = {
  galleryViews: z
    .literal([...VIEWS])
    .optional()
    .describe('views of each training drawing that the classifiers are fitted on and neighbours are found among; left out: 1'),
  k: z
    .int()
    .min(1)
    .optional()
    .describe(
      'nearest training views that vote on each tested view in joint Bayesian; left out: 5, since QuickDraw classes have few drawings (30 is recalled of the paper, with 54 a class)',
    ),
  em: z
    .enum(['exact', 'chen2012'])
    .optional()
    .describe('EM of joint Bayesian: exact, whose likelihood never falls, or as Chen et al. published it; left out: exact'),
  components: z.int().min(1).optional().describe('principal components of all features together, for joint Bayesian; left out: 128'),
};

export const fusionOptions = z.strictObject({
  ...heldOutOptions,
  methods: z
    .union([z.literal('all'), z.array(z.enum(FUSIONS)).min(1)])
    .default('all')
    .describe('ways to fuse, beside each network by itself'),
  ...viewOptions,
  weights: z
    .array(z.number().min(0))
    .min(1)
    .optional()
    .describe(
      'weights of the networks for the method weighted, in the order in which they were named (those of the first part); left out: fitted, each drawing by weights fitted on others',
    ),
  ...jointBayesianChoices,
  l2: z
    .number()
    .min(0)
    .optional()
    .describe('penalty ½·l2·‖W‖² of the method softmax, on features whose rows have a length of about 1; left out: 1e-4'),
  c: z.number().positive().optional().describe('price C of a violated margin, for the method svm, on the same features; left out: 1'),
});

export type FusionOptions = z.output<typeof fusionOptions>;
