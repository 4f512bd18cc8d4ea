import { z } from 'zod';
import { PAPER_ROWS } from './rows.js';
import { MOST_VALUES } from './statistics.js';

const percent = z.number().min(0).max(100);

const publishedErrors = z.strictObject({
  trainTop1: percent.describe('top-1 error on the training pictures, in percent'),
  validationTop1: percent.describe('top-1 error on the validation pictures, in percent'),
  validationTop5: percent.describe('top-5 error on the validation pictures, in percent'),
});

const ownVariant = z.strictObject({
  name: z.string().min(1).max(80).describe('name of the variant in tables and plots'),
  architecture: z.string().optional().describe('architecture; left out: that of the option `architecture`'),
  options: z.record(z.string(), z.unknown()).default({}).describe('options of the architecture beside those that all variants share'),
  published: publishedErrors.optional().describe('published errors to show beside the measured ones, in percent'),
});

/** How networks are built and trained: the same for all variants. */
const protocolOptions = {
  seeds: z
    .array(z.int().min(0))
    .min(1)
    .max(MOST_VALUES)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'expected each seed once')
    .default([1, 2, 3])
    .describe(
      'seeds of first weights, data order, augmentation and dropout; each variant is trained once with each. The seed of the run has no part in them',
    ),
  size: z.int().min(8).max(512).default(32).describe('height and width of the pictures in pixels'),
  width: z
    .number()
    .min(0.01)
    .max(16)
    .default(0.125)
    .describe('factor on the number of filters and units of every hidden layer; the sizes of rows such as 6,7=2048 are scaled, too'),
  dropout: z.number().min(0).max(0.95).optional().describe('rate of dropout, where the architecture takes one; left out: its own'),
  heldOut: z.number().min(0.01).max(0.9).default(0.2).describe('part of the pictures of each class that is held out for validation'),
  perClass: z.int().min(2).optional().describe('pictures of each class that are used at most; left out: all'),
  epochs: z.int().min(1).max(100_000).default(15).describe('passes over the training pictures'),
  batchSize: z.int().min(1).max(65_536).default(64).describe('pictures in a step'),
  learningRate: z.number().positive().default(0.03).describe('step size, for the gradient of the mean loss of a batch'),
  warmup: z.number().min(0).default(1).describe('epochs in which the learning rate grows linearly'),
  schedule: z
    .union([z.enum(['constant', 'cosine']), z.array(z.int().min(1)).min(1)])
    .default('cosine')
    .describe('how the learning rate changes: not at all, down to 0 in half a cosine, or to a tenth after each of these epochs'),
  momentum: z.number().min(0).max(0.9999).default(0.9).describe('part of the former step that is kept'),
  weightDecay: z.number().min(0).default(5e-4).describe('factor of the L2 penalty on kernels'),
  initialization: z
    .enum(['he', 'glorot', 'normal'])
    .default('he')
    .describe('first weights: normal is N(0, 0.01²) as in the paper, with which small networks hardly begin to learn'),
  augment: z.boolean().default(true).describe('mirror half of the training pictures and shift them by up to an eighth of their side'),
  inputs: z
    .enum(['normalised', 'centred'])
    .default('normalised')
    .describe(
      'pixels less the mean of the training pictures, and divided by their standard deviation (normalised) or not (centred, as in the paper)',
    ),
  renormalize: z
    .number()
    .positive()
    .optional()
    .describe(
      'largest root mean square of a filter of a convolution, to which larger ones are scaled after each step; 0.1 in the paper, for centred inputs. Left out: any',
    ),
} as const;

/** Options of `ablation`. */
export const ablationOptions = z.strictObject({
  architecture: z.string().min(1).default('zfnet').describe('architecture whose variants are trained'),
  variants: z
    .array(z.union([z.string().min(1), ownVariant]))
    .min(1)
    .optional()
    .describe(
      `rows of the paper’s table by name (${PAPER_ROWS.map(({ name }) => name).join('; ')}), where the signs between letters and digits do not count, so that L3+4 means -L3,4; of another architecture behind its name, as in alexnet/-L7; in a config also { name, architecture, options, published }. Left out: all rows of zfnet or alexnet, or base alone for another architecture`,
    ),
  ...protocolOptions,
  deadBelow: z.number().min(0).max(1).default(0.02).describe('share of the largest norm below which a first-layer filter counts as dead'),
  aliasedAbove: z
    .number()
    .min(0)
    .max(1)
    .default(0.75)
    .describe(
      'share of the spectral energy above half the Nyquist frequency beyond which a first-layer filter counts as aliased; 0.75 is that of white noise',
    ),
});

export type AblationOptions = z.output<typeof ablationOptions>;
export type OwnVariant = z.output<typeof ownVariant>;
