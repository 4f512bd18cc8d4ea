import { join } from 'node:path';
import { defineTraining } from '@featurescope/core';

/** Folder of `cifar10-jpg-20k`; the pictures are not part of the project. */
const data = join(process.env.FEATURESCOPE_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'cifar10-jpg-20k');

/** The bundled photo network, trained on 18,000 pictures and measured on 2,000 others. */
export default defineTraining({
  name: 'photonet',
  architecture: { name: 'photonet', options: { dropout: 0.3 } },
  data: {
    sources: [join(data, 'cifar10-train-first1000perclass-jpg.zip'), join(data, 'cifar10-test-10000-jpg.zip')],
    size: 32,
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    measured: { folder: 'test', from: 800, to: 999 },
  },
  preprocessing: { channelOrder: 'rgb', mean: [126, 123.5, 114.5], std: [64, 64, 64] },
  epochs: 64,
  batchSize: 64,
  learningRate: 0.05,
  warmup: 2,
  schedule: { kind: 'cosine' },
  optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 },
  initialization: { kernel: 'he' },
  augmentation: { flip: true, translate: 4, cutout: 8, contrast: 0.2, brightness: 0.15, colour: 0.05 },
  precision: 'float16',
  saveSeconds: 60,
  seed: 1,
  out: 'out/photonet',
});
