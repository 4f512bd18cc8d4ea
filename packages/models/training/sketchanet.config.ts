import { join } from 'node:path';
import { defineTraining } from '@featurescope/core';

/** Folder of the Quick, Draw! drawings; they are not part of the project. */
const data = process.env.FEATURESCOPE_DATA ?? join(import.meta.dirname, '../../../../shared/data');

/** The part of the drawings that is held out. */
const fold = Number(process.env.FOLD ?? 1);

const SIZE = 113;
const CANVAS = 128;
/** The scales of the paper over two, as the canvas is. */
const SCALES = [128, 96, 64, 32];

const drawings = {
  kind: 'drawings',
  sources: [
    join(data, 'quickdraw-raw-timed/quickdraw-raw-345.tar.gz'),
    join(data, 'quickdraw-simplified-25/quickdraw-simplified-344x25.tar.gz'),
  ],
  folds: 3,
  fold,
  size: SIZE,
  canvas: CANVAS,
  penWidth: 2,
  ink: 1,
  augmentation: { removals: [0, 0, 0.3], deform: 'both' },
};

const recipe = {
  schedule: { kind: 'cosine' },
  optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 },
  precision: 'float16',
  warmup: 1,
  measureEvery: 5,
  seed: 1,
  out: `out/sketchanet-${fold}`,
} as const;

const architecture = { name: 'sketchANet', options: { width: 0.5, dropout: 0.1 } };

/** What all networks start from: one channel, all 345 classes. */
const pretraining = {
  ...recipe,
  name: 'pretraining',
  architecture,
  data: { ...drawings, parts: 1 },
  epochs: 20,
  checkpoints: [20],
  batchSize: 32,
  learningRate: 0.02,
};

/** One network for each scale, on the classes with at least 40 drawings and with the order of strokes. */
const members = SCALES.map((scale) => ({
  ...recipe,
  name: `sketchanet-${scale}`,
  from: 'pretraining',
  architecture: { ...architecture, options: { ...architecture.options, dropout: 0.3 } },
  data: { ...drawings, minDrawings: 40, parts: 3, ...(scale < CANVAS && { resolution: scale }) },
  epochs: 30,
  checkpoints: [30],
  batchSize: 16,
  learningRate: 0.01,
}));

/** The bundled sketch ensemble. */
export default defineTraining([pretraining, ...members]);
