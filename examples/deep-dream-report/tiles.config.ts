import { defineConfig, dream } from 'featurescope';
import { figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const [, { layer, step }] = network.depths;

// Contiguous tiles of 224×224, visited in a cycle; the last one of a row or column is moved back until it fits.
export default defineConfig({
  ...figure('tiles'),
  inputs: [await photo()],
  visualizers: [6, 9].map((iterations) =>
    dream({ layers: [layer], stepRule: 'fixed', step: step / 2, iterations, octaves: 1, jitter: 0, longSide: 512, tileSize: [224, 224] }),
  ),
});
