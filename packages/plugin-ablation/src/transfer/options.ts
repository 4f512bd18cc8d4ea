import { z } from 'zod';
import { CLASSIFIERS, NORMALISATIONS } from '../classifiers/kinds.js';

export const POOLS = ['average', 'max'] as const;

/** Options of `transfer`; the protocol is that of Zeiler & Fergus (2014, section 5.2) on Caltech-101. What is left out has the default that its description names. */
export const transferOptions = z.strictObject({
  layers: z
    .array(z.union([z.int().min(1), z.string().min(1)]))
    .min(1)
    .optional()
    .describe(
      'layers whose features are tried, by their exact names or their indices from 1, @input for the pixels; left out: the end of each stage (pooling, or the layer before a convolution with a stride) and the layers below the class scores, at most the last eight',
    ),
  classifiers: z
    .array(z.enum(CLASSIFIERS))
    .min(1)
    .default([...CLASSIFIERS])
    .describe('new classifiers on the features'),
  perClass: z
    .array(z.int().min(1).max(100_000))
    .min(1)
    .default([5, 15, 30, 60])
    .describe('training pictures of each class; a larger number contains the pictures of the smaller ones'),
  folds: z.int().min(1).max(100).default(5).describe('random draws of training and test pictures'),
  testPerClass: z
    .int()
    .min(1)
    .max(100_000)
    .default(50)
    .describe('most test pictures of a class in a fold, of those that are not among its training pictures; the same for every --per-class'),
  classes: z
    .array(z.string().min(1))
    .min(2)
    .optional()
    .describe('classes of the data set that are told apart; left out: all with enough pictures'),
  features: z
    .int()
    .min(1)
    .max(262_144)
    .optional()
    .describe(
      'most numbers of a layer that are used: a smaller map is taken as it is, a larger one is pooled to the finest grid of cells that has no more; left out: 4096',
    ),
  grid: z
    .int()
    .min(1)
    .max(512)
    .optional()
    .describe('cells along each side of every larger map, in place of --features; 1 leaves one number a channel'),
  pool: z.enum(POOLS).optional().describe('what is kept of a cell; left out: average'),
  normalise: z
    .enum(NORMALISATIONS)
    .default('l2')
    .describe(
      'each picture to length 1 (l2), features to mean 0 and deviation 1 over the training pictures (standardise), or as they are (none); then all divided by the root mean square length of the training pictures',
    ),
  c: z
    .number()
    .positive()
    .optional()
    .describe(
      'price C of a violated margin of svm; left out: 0.01, 0.1, 1, 10 or 100, whichever is best in cross-validation among the training pictures',
    ),
  l2: z
    .number()
    .positive()
    .optional()
    .describe('penalty ½·l2·‖W‖² of softmax on the mean loss; left out: 1/(C·N) of N training pictures with C chosen as for svm'),
  scratch: z.boolean().default(true).describe('train the same network from new weights on the same pictures, for comparison'),
  scratchEpochs: z.int().min(1).max(100_000).optional().describe('passes over the training pictures from scratch; left out: 60'),
  scratchRate: z.number().positive().optional().describe('learning rate from scratch, falling to 0 along half a cosine; left out: 0.01'),
  scratchBatch: z.int().min(1).max(65_536).optional().describe('pictures in a step from scratch; left out: 16'),
  scratchAugment: z
    .boolean()
    .optional()
    .describe('mirror half of the pictures and shift them by up to an eighth of their side, from scratch; left out: true'),
});

export type TransferOptions = z.output<typeof transferOptions>;

export const DEFAULT_FEATURES = 4096;

/** How a network is trained from scratch. */
export interface ScratchSettings {
  readonly epochs: number;
  readonly rate: number;
  readonly batch: number;
  readonly augment: boolean;
}

export const scratchSettings = (options: TransferOptions): ScratchSettings => ({
  epochs: options.scratchEpochs ?? 60,
  rate: options.scratchRate ?? 0.01,
  batch: options.scratchBatch ?? 16,
  augment: options.scratchAugment ?? true,
});
