import { defineConfig, occlusion } from 'featurescope';
import { figure, network } from './networks.js';
import { photos } from './pictures.mjs';

const window = { window: network.window, stride: network.stride } as const;

// The same windows with other contents: the neutral colour, the picture blurred, noise.
export default defineConfig({
  ...figure('baselines'),
  inputs: await photos(network.scenes.slice(0, 1)),
  visualizers: ['mean', 'blur', 'noise'].map((baseline) => occlusion({ ...window, baseline })),
});
