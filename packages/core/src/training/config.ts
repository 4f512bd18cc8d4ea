import { z } from 'zod';
import { describeIssues } from '../visualizer/option-issues.js';
import { augmentationOptions } from './augment.js';
import { invalidTraining } from './errors.js';
import { initializationOptions } from './initialize.js';
import { optimizerOptions } from './optimizer.js';
import { scheduleOptions } from './schedule.js';

/** Epochs after which a checkpoint is kept unless the config says otherwise (those of Zeiler & Fergus, Fig. 4). */
export const DEFAULT_CHECKPOINTS = [1, 2, 5, 10, 20, 30, 40, 64] as const;

const numberedPictures = z.strictObject({
  folder: z.string().describe('First part of the pictures’ names, for example `test`'),
  from: z.int().min(0).describe('First number'),
  to: z.int().min(0).describe('Last number, included'),
});

const dataOptions = z.strictObject({
  sources: z
    .array(z.string())
    .min(1)
    .describe('Folders or .zip files with one folder per class, or CIFAR-10 .bin files; paths count from the config'),
  size: z.int().min(1).max(2048).describe('Height and width of the pictures'),
  classes: z.array(z.string()).min(2).optional().describe('Class names in the order of their labels; default: the names found, sorted'),
  measured: z
    .union([z.array(z.string()).min(1), numberedPictures])
    .optional()
    .describe('What accuracy is measured on: further sources, or pictures of `sources` picked by number; those are not trained on'),
});

const preprocessingOptions = z.strictObject({
  channelOrder: z.enum(['rgb', 'bgr', 'grey']).default('rgb').describe('Order of the channels the network takes'),
  scale: z.number().default(1).describe('Factor on pixel values 0 … 255, before the mean'),
  mean: z.array(z.number()).min(1).max(3).default([120, 120, 120]).describe('Subtracted, per channel'),
  std: z.array(z.number().positive()).min(1).max(3).default([64, 64, 64]).describe('Divisor, per channel'),
  invert: z.boolean().exactOptional().describe('255 − pixel, for dark strokes on white'),
});

const renormalizeOptions = z.strictObject({
  radius: z.number().positive().default(0.1).describe('Largest root mean square of a filter'),
  layers: z.enum(['first', 'all']).default('first').describe('The first convolution, or all of them'),
});

/** All options of a training. */
export const trainingConfig = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('network')
    .describe('Name of the network that is trained'),
  architecture: z
    .union([z.string(), z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).optional() })])
    .describe('An architecture by name, or with its options'),
  data: dataOptions.describe('The pictures'),
  preprocessing: preprocessingOptions.prefault({}).describe('How pixels become network inputs'),
  epochs: z.int().min(1).max(100_000).default(64).describe('Passes over the training pictures'),
  batchSize: z.int().min(1).max(65_536).default(64).describe('Pictures in a step; the incomplete batch at the end of an epoch is left out'),
  learningRate: z.number().positive().default(0.01).describe('Step size, for the gradient of the mean loss of a batch'),
  warmup: z.number().min(0).default(0).describe('Epochs in which the learning rate grows linearly'),
  schedule: scheduleOptions.prefault({ kind: 'constant' }).describe('How the learning rate changes'),
  optimizer: optimizerOptions.prefault({ kind: 'sgd' }).describe('The optimiser'),
  clipNorm: z.number().positive().optional().describe('Largest Euclidean norm of the whole gradient; longer ones are scaled down to it'),
  initialization: initializationOptions.prefault({}).describe('First weights'),
  augmentation: augmentationOptions.prefault({}).describe('Random changes of the pictures'),
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
  out: z.string().default('out').describe('Output folder'),
  runtime: z.enum(['auto', 'tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu']).default('auto').describe('The runtime'),
});

/** As written in a config file. */
export type TrainingConfigInput = z.input<typeof trainingConfig>;
/** With defaults filled in. */
export type TrainingConfig = z.output<typeof trainingConfig>;

/** Checks a config and fills in defaults. @throws FeaturescopeError listing every problem */
export function parseTrainingConfig(config: unknown): TrainingConfig {
  const parsed = trainingConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  throw invalidTraining(describeIssues(parsed.error, config, Object.keys(trainingConfig.shape)));
}

/** Gives a training config its type. */
export const defineTraining = (config: TrainingConfigInput): TrainingConfigInput => config;
