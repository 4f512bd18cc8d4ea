import {
  augmentationOptions,
  type Preprocessing,
  pictureExamples,
  type TrainingExamples,
  type TrainingPlan,
  trainingRecipe,
} from '@featurescope/core';
import type { LabelledPictures, SplitPictures } from '../pictures/index.js';
import type { AblationOptions } from './options.js';

/** What all variants are trained and measured on. */
export interface Sides {
  readonly training: TrainingExamples;
  readonly validation: TrainingExamples;
}

/** Training examples are distorted as the options say, and only when they are learned from. */
export function sidesOf({ training, validation }: SplitPictures, options: AblationOptions): Sides {
  const preprocessing = preprocessingOf(training, options.inputs);
  const augmentation = augmentationOptions.parse(augmentationOf(options));
  return {
    training: pictureExamples(training, preprocessing, augmentation),
    validation: pictureExamples(validation, preprocessing),
  };
}

const augmentationOf = ({ augment, size }: Pick<AblationOptions, 'augment' | 'size'>) =>
  augment ? { flip: true, translate: Math.round(size / 8) } : {};

/** Subtracts the mean of each channel over these pictures and divides by its standard deviation, or by 1; both rounded to hundredths. */
function preprocessingOf({ images }: LabelledPictures, inputs: AblationOptions['inputs']): Preprocessing {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (let i = 0; i < images.length; i++) {
    const value = images[i] ?? 0;
    sums[i % 3] = (sums[i % 3] ?? 0) + value;
    squares[i % 3] = (squares[i % 3] ?? 0) + value * value;
  }
  const count = images.length / 3;
  const mean = sums.map((sum) => sum / count);
  const deviations = squares.map((square, c) => Math.sqrt(Math.max(0, square / count - (mean[c] ?? 0) ** 2)));
  const hundredths = (value: number): number => Math.round(value * 100) / 100;
  return {
    channelOrder: 'rgb',
    scale: 1,
    mean: mean.map(hundredths),
    // Pictures of one grey have no deviation to divide by.
    std: deviations.map((deviation) => (inputs === 'centred' ? 1 : hundredths(deviation) || 1)),
  };
}

/** The training of a variant with a seed: nothing but the network and the seed differs from one to the next. */
export function planOf(variant: string, seed: number, options: AblationOptions, { training }: Pick<Sides, 'training'>): TrainingPlan {
  const { epochs, batchSize, learningRate, warmup, momentum, weightDecay, initialization, renormalize } = options;
  const recipe = trainingRecipe.parse({
    epochs,
    batchSize,
    learningRate,
    warmup,
    schedule: scheduleOf(options.schedule),
    optimizer: { kind: 'sgd', momentum, weightDecay },
    initialization: { kernel: initialization },
    ...(renormalize !== undefined && { renormalize: { radius: renormalize, layers: 'all' } }),
    checkpoints: [],
    seed,
  });
  const { saveSeconds: _pace, ...described } = recipe;
  const { preprocessing } = training;
  return { name: variant, recipe, description: { ...described, preprocessing, augmentation: augmentationOf(options) } };
}

const scheduleOf = (schedule: AblationOptions['schedule']) =>
  typeof schedule === 'string' ? { kind: schedule } : { kind: 'step', milestones: schedule };
