import { defineConfig, transfer } from 'featurescope';
import { isQuick, out, PHOTOS, SEVEN, UNSEEN } from './study.js';

// Features that were learned on seven classes of photos, for three others.
export default defineConfig({
  model: SEVEN,
  out: out('transfer'),
  dataset: PHOTOS.join(','),
  visualizers: [
    transfer({
      classes: UNSEEN,
      layers: ['@input', 'pool1', 'pool2', 'pool5', 'relu6', 'relu7'],
      testPerClass: 500,
      ...(isQuick && { folds: 2, perClass: [5, 30], scratchEpochs: 5 }),
    }),
  ],
});
