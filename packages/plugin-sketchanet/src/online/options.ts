import { z } from 'zod';
import { BUNDLED_ENSEMBLE } from '../ensemble/ensemble.js';

/** How often a drawing is looked at while it grows. */
export type Steps = 'strokes' | number;

/** How recurrent networks are trained: without effect where none is. */
const trainingOptions = {
  cells: z
    .array(z.enum(['gru', 'lstm']))
    .min(1)
    .default(['gru', 'lstm'])
    .describe('Recurrent networks that are trained'),
  hidden: z.int().min(1).max(4096).default(128).describe('Units of the state of a recurrent network'),
  epochs: z.int().min(1).max(10_000).default(15).describe('Passes over the drawings to train a recurrent network'),
  batchSize: z.int().min(1).max(4096).default(16).describe('Drawings a training step'),
  learningRate: z.number().positive().default(0.01).describe('Learning rate of the recurrent networks, by Adagrad'),
  weightDecay: z.number().min(0).default(5e-4).describe('Weight decay of the recurrent networks'),
  alpha: z
    .number()
    .min(0)
    .default(2)
    .describe('Weight of step t of N in the loss: exp(−alpha·(1 − t/N)); 0 counts all steps alike, 10 little but the end'),
  limit: z
    .int()
    .min(1)
    .optional()
    .describe('Drawings of each class that are used at most, to learn from and to test with each. Default: all'),
} as const;

export const onlineOptions = z.strictObject({
  ensemble: z
    .array(z.string())
    .min(1)
    .default([...BUNDLED_ENSEMBLE])
    .describe('Networks of the same classes, by name or file, separated by commas'),
  steps: z
    .union([z.literal('strokes'), z.int().min(2).max(200)])
    .default(10)
    .describe('When an unfinished drawing is looked at: after every stroke (strokes), or after so many parts of its line of equal length'),
  featuresOf: z
    .union([z.literal('all'), z.int().min(1)])
    .default('all')
    .describe(
      'Features that a recurrent network gets: those of all networks side by side, or of one by its place in --ensemble from 1, which is then the plain network, too; else that is the first',
    ),
  ...trainingOptions,
  recurrent: z
    .string()
    .optional()
    .describe('Output folder of an earlier run whose recurrent networks are used instead of training them. Default: they are trained'),
  folds: z
    .int()
    .min(2)
    .max(100)
    .optional()
    .describe('Parts of the drawings, of which one is held out. Default: as the networks were trained, else 3'),
  fold: z.int().min(1).max(100).optional().describe('Part that is held out, from 1. Default: as the networks were trained, else 1'),
  frameDelay: z.int().min(20).max(10_000).default(500).describe('Milliseconds of a step in the animation'),
  animation: z.enum(['webp', 'gif']).default('webp').describe('File format of the animation'),
});

export type OnlineOptions = z.output<typeof onlineOptions>;

/** Options that say how recurrent networks are trained. */
export const TRAINING = Object.keys(trainingOptions).filter((name) => name !== 'limit') as readonly (keyof OnlineOptions)[];
