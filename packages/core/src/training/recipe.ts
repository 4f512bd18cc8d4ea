import { z } from 'zod';
import { initializationOptions } from './initialize.js';
import { optimizerOptions } from './optimizer.js';
import { scheduleOptions } from './schedule.js';

/** Epochs after which a checkpoint is kept unless the config says otherwise (those of Zeiler & Fergus, Fig. 4). */
export const DEFAULT_CHECKPOINTS = [1, 2, 5, 10, 20, 30, 40, 64] as const;

const renormalizeOptions = z.strictObject({
  radius: z.number().positive().default(0.1).describe('Largest root mean square of a filter'),
  layers: z.enum(['first', 'all']).default('first').describe('The first convolution, or all of them'),
});

/** How weights are learned, whatever from. */
export const trainingRecipe = z.strictObject({
  epochs: z.int().min(1).max(100_000).default(64).describe('Passes over the training examples'),
  batchSize: z.int().min(1).max(65_536).default(64).describe('Examples in a step; the incomplete batch at the end of an epoch is left out'),
  learningRate: z.number().positive().default(0.01).describe('Step size, for the gradient of the mean loss of a batch'),
  warmup: z.number().min(0).default(0).describe('Epochs in which the learning rate grows linearly'),
  schedule: scheduleOptions.prefault({ kind: 'constant' }).describe('How the learning rate changes'),
  optimizer: optimizerOptions.prefault({ kind: 'sgd' }).describe('The optimiser'),
  clipNorm: z.number().positive().optional().describe('Largest Euclidean norm of the whole gradient; longer ones are scaled down to it'),
  initialization: initializationOptions.prefault({}).describe('First weights'),
  renormalize: renormalizeOptions.optional().describe('Filter renormalisation of Zeiler & Fergus after each step'),
  checkpoints: z
    .array(z.int().min(1))
    .default([...DEFAULT_CHECKPOINTS])
    .describe('Epochs after which the weights are kept; the last epoch always is'),
  precision: z
    .enum(['float32', 'float16'])
    .default('float32')
    .describe('How checkpoints store weights; accuracy is measured on the stored values'),
  measureEvery: z.int().min(1).default(1).describe('Epochs between measurements of the accuracy'),
  saveSeconds: z.number().min(0).default(60).describe('Seconds between two saves of the state that a killed training resumes from'),
  seed: z.int().min(0).default(1).describe('Seed of everything random'),
});

export type TrainingRecipe = z.output<typeof trainingRecipe>;
