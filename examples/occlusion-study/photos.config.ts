import { defineConfig, occlusion } from 'featurescope';
import { figure, network } from './networks.js';
import { photos } from './pictures.mjs';

// The paper's figure for several pictures, with the probability of the class.
export default defineConfig({
  ...figure('photos'),
  inputs: await photos(network.scenes),
  visualizers: [occlusion({ window: network.window, stride: network.stride, score: 'probability' })],
});
