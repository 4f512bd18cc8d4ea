import { defineConfig, occlusion } from 'featurescope';
import { figure, network } from './networks.js';
import { photos } from './pictures.mjs';

const window = { window: network.window, stride: network.denseStride } as const;

// A dense map with a pass for every position, and coarse to fine with fewer and fewer of them.
export default defineConfig({
  ...figure('refine'),
  inputs: await photos(network.scenes.slice(0, 1)),
  visualizers: [occlusion(window), ...[0.1, 0.2, 0.4].map((refineTolerance) => occlusion({ ...window, refine: true, refineTolerance }))],
});
