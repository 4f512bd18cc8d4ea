import { join } from 'node:path';
import type { ExampleTrainingInput } from '@featurescope/core';

/** Folder of the Quick, Draw! drawings; they are not part of the project. */
const data = process.env['FEATURESCOPE_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');

/** Both collections: what is in both, in two forms, counts once. */
export const DRAWINGS = [
  join(data, 'quickdraw-raw-timed/quickdraw-raw-345.tar.gz'),
  join(data, 'quickdraw-simplified-25/quickdraw-simplified-344x25.tar.gz'),
];

/** Sides that a canvas of 128 pixels is scaled down to: the scales of the paper over two, as the canvas is. */
export const SCALES = [128, 96, 64, 32];
export const FOLDS = 3;

const CANVAS = 128;
const SIZE = 113;

export interface SketchOptions {
  /** The third of the drawings that is held out, from 1. */
  readonly fold: number;
  /** Part of the epochs, for a quick look. */
  readonly effort?: number;
  /** Of a network, beside its own name. */
  readonly suffix?: string;
}

/** What all trainings share. */
const common = { schedule: { kind: 'cosine' }, warmup: 1, precision: 'float16', measureEvery: 5, seed: 1 } as const;
const sgd = { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 } as const;
const epochs = (number: number, effort = 1): { readonly epochs: number; readonly checkpoints: number[] } => {
  const some = Math.max(1, Math.round(number * effort));
  return { epochs: some, checkpoints: [some] };
};
const drawings = (fold: number) => ({
  kind: 'drawings',
  sources: DRAWINGS,
  folds: FOLDS,
  fold,
  size: SIZE,
  canvas: CANVAS,
  penWidth: 2,
  ink: 1,
  augmentation: { removals: [0, 0, 0.3], deform: 'both' },
});
/** Classes with enough drawings to learn from and to measure. */
const ENOUGH = { minDrawings: 40 };

/** What all Sketch-a-Nets start from: one channel, all 345 classes. */
export const pretraining = ({ fold, effort, suffix = '' }: SketchOptions): ExampleTrainingInput => ({
  ...common,
  ...epochs(20, effort),
  name: `pretraining${suffix}`,
  architecture: { name: 'sketchANet', options: { width: 0.5, dropout: 0.1 } },
  data: { ...drawings(fold), parts: 1 },
  optimizer: sgd,
  batchSize: 32,
  learningRate: 0.02,
});

const member = (name: string, { fold, effort, suffix = '' }: SketchOptions, parts: number, scale: number): ExampleTrainingInput => ({
  ...common,
  ...epochs(30, effort),
  name: `${name}${suffix}`,
  from: `pretraining${suffix}`,
  architecture: { name: 'sketchANet', options: { width: 0.5, dropout: 0.3 } },
  data: { ...drawings(fold), ...ENOUGH, parts, ...(scale < CANVAS && { resolution: scale }) },
  optimizer: sgd,
  batchSize: 16,
  learningRate: 0.01,
});

/** One network for each scale, which sees the order of strokes in six channels. */
export const ensemble = (options: SketchOptions): readonly ExampleTrainingInput[] =>
  SCALES.map((scale) => member(`sketchanet-${scale}`, options, 3, scale));

/** Networks of the finest scale that see the drawing in k parts. */
export const orders = (options: SketchOptions): readonly ExampleTrainingInput[] =>
  [1, 2, 4, 5].map((parts) => member(`parts-${parts}`, options, parts, CANVAS));

/** The networks of an ensemble, side by side, and two layers on top that are trained with them. */
export const fused = ({ fold, effort, suffix = '' }: SketchOptions): ExampleTrainingInput => ({
  ...common,
  ...epochs(8, effort),
  name: `fused${suffix}`,
  from: SCALES.map((scale) => `sketchanet-${scale}${suffix}`),
  architecture: { name: 'sketchANetFused', options: { width: 0.5, dropout: 0.3, scales: SCALES.length } },
  data: { ...drawings(fold), ...ENOUGH, parts: 3, resolution: SCALES },
  optimizer: sgd,
  batchSize: 16,
  learningRate: 0.003,
});

/** LeNet and an AlexNet on the same drawings, in one channel. */
export const baselines = ({ fold, effort, suffix = '' }: SketchOptions): readonly ExampleTrainingInput[] => [
  {
    ...common,
    ...epochs(60, effort),
    name: `lenet${suffix}`,
    architecture: 'lenet',
    data: { ...drawings(fold), ...ENOUGH, parts: 1, size: 32, canvas: 36, penWidth: 1.5 },
    optimizer: sgd,
    batchSize: 16,
    learningRate: 0.01,
  },
  {
    ...common,
    ...epochs(30, effort),
    name: `alexnet${suffix}`,
    architecture: { name: 'alexnet', options: { width: 0.25 } },
    data: { ...drawings(fold), ...ENOUGH, parts: 1, size: SIZE },
    optimizer: sgd,
    initialization: { kernel: 'he' },
    batchSize: 16,
    learningRate: 0.01,
  },
];
