import { defineConfig, transfer } from 'featurescope';
import { DRAWINGS, isQuick, out } from './study.js';

/** Ten of the few classes with more than 40 drawings. */
const CLASSES = ['bench', 'fork', 'lollipop', 'mountain', 'nose', 'paper clip', 'smiley face', 'spoon', 'stairs', 'triangle'];

// The features of the bundled photo network, for drawings.
export default defineConfig({
  model: 'photonet',
  out: out('drawings'),
  dataset: DRAWINGS.join(','),
  visualizers: [
    transfer({
      classes: CLASSES,
      layers: ['@input', 'pool1', 'pool2', 'pool3', 'pool4'],
      perClass: [5, 15, 30],
      testPerClass: 12,
      ...(isQuick && { folds: 2, perClass: [5], scratchEpochs: 5 }),
    }),
  ],
});
