import { defineConfig, invariance } from 'featurescope';
import { figure, network } from './networks.js';
import { photos } from './pictures.mjs';

// What moving, enlarging and turning does to the first and the last features, and to the probability of the class.
export default defineConfig({
  ...figure('invariance'),
  inputs: await photos(network.scenes),
  visualizers: [invariance()],
});
