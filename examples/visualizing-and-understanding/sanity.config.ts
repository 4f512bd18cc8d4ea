import { defineConfig, sanity } from 'featurescope';
import { figure } from './networks.js';
import { photosOfAll } from './pictures.mjs';

// What is left of two attributions when weights are random, from the class score down.
export default defineConfig({
  ...figure('sanity'),
  inputs: await photosOfAll(),
  visualizers: ['gradient', 'guided-backprop'].map((method) => sanity({ method })),
});
