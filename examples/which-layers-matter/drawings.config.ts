import { defineConfig, transfer } from 'featurescope';
import { DRAWINGS, isQuick, out } from './study.js';

/** Ten classes with many drawings. */
const CLASSES = ['airplane', 'bicycle', 'bird', 'car', 'cat', 'fish', 'flower', 'house', 'smiley face', 'tree'];

// The features of the bundled photo network, for drawings.
export default defineConfig({
  model: 'photonet',
  out: out('drawings'),
  dataset: DRAWINGS.join(','),
  visualizers: [
    // Each class has 45 drawings.
    transfer({
      classes: CLASSES,
      layers: ['@input', 'pool1', 'pool2', 'pool3', 'pool4'],
      perClass: [5, 15, 30],
      testPerClass: 15,
      ...(isQuick && { folds: 2, perClass: [5], scratchEpochs: 5 }),
    }),
  ],
});
