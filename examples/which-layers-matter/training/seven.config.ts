import { defineTraining } from 'featurescope';
import { EPOCHS, out, PHOTOS, UNSEEN } from '../study.js';

/** The eight layers of ZFNet at 32 pixels, on seven of the ten classes; the others are for `transfer`. */
export default defineTraining({
  name: 'seven',
  architecture: { name: 'zfnet', options: { small: true, width: 0.25 } },
  data: { sources: PHOTOS, size: 32, without: UNSEEN, measured: { folder: 'test', from: 800, to: 999 } },
  preprocessing: { channelOrder: 'rgb', mean: [126, 123.5, 114.5], std: [64, 64, 64] },
  epochs: EPOCHS,
  batchSize: 64,
  learningRate: 0.03,
  warmup: 1,
  schedule: { kind: 'cosine' },
  optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 },
  initialization: { kernel: 'he' },
  augmentation: { flip: true, translate: 4 },
  checkpoints: [EPOCHS],
  out: out('training'),
});
