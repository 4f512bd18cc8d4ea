import { defineConfig, occlusion } from 'featurescope';
import { figure, network } from './networks.js';
import { photos } from './pictures.mjs';

// One picture with windows of several sizes, and their mean.
export default defineConfig({
  ...figure('windows'),
  inputs: await photos(network.scenes.slice(0, 1)),
  visualizers: [occlusion({ windows: [...network.windows], stride: network.stride })],
});
