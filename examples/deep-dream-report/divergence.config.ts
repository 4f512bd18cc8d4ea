import { defineConfig } from 'featurescope';
import { compareDreams } from './compare-dreams.js';
import { type DreamSettings, figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const [, , { layer, step }] = network.depths;
const plain: DreamSettings = { layers: [layer], octaves: 1, jitter: 0, longSide: 224, iterations: 100, frameEvery: 0 };

// A dream that goes on: without any bound until its numbers overflow, within the pixel range, and held back by a decay.
export default defineConfig({
  ...figure('divergence'),
  inputs: [await photo()],
  visualizers: [
    compareDreams({
      logarithmic: true,
      dreams: {
        unbounded: { ...plain, stepRule: 'fixed', step: 4 * step, clamp: false },
        clamped: plain,
        decaying: { ...plain, decay: 0.05 },
      },
    }),
  ],
});
