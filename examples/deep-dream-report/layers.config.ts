import { defineConfig, dream } from 'featurescope';
import { figure, network } from './networks.js';
import { photo } from './pictures.mjs';

// Layers of three depths: as in the report (one size, no jitter, a fixed step for each layer), then with the published deepdream settings.
export default defineConfig({
  ...figure('layers'),
  inputs: [await photo()],
  visualizers: [
    ...network.depths.map(({ layer, step }) =>
      dream({ layers: [layer], stepRule: 'fixed', step, iterations: 9, octaves: 1, jitter: 0, longSide: 224 }),
    ),
    ...network.depths.map(({ layer }) => dream({ layers: [layer], jitter: 32, longSide: 224 })),
  ],
});
