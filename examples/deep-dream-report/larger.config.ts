import { defineConfig, dream } from 'featurescope';
import { figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const [, { layer, step }] = network.depths;

// A picture larger than the network's, with the same code: convolutions take any size.
export default defineConfig({
  ...figure('larger'),
  inputs: [await photo()],
  visualizers: [224, 512].map((longSide) =>
    dream({ layers: [layer], stepRule: 'fixed', step, iterations: 9, octaves: 1, jitter: 0, longSide }),
  ),
});
