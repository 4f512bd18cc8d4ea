import { defineConfig, deletionInsertion } from 'featurescope';
import { figure } from './networks.js';
import { photosOfAll } from './pictures.mjs';

// Whether the pixels that two attributions point at matter to the class score.
export default defineConfig({
  ...figure('deletion-insertion'),
  inputs: await photosOfAll(),
  visualizers: ['integrated-gradients', 'guided-backprop'].map((method) => deletionInsertion({ method, blockSize: 2 })),
});
