import { defineConfig, dream } from 'featurescope';
import { figure, network } from './networks.js';

// Dreams from uniform noise at three layers.
export default defineConfig({
  ...figure('noise'),
  visualizers: network.depths.map(({ layer }) =>
    dream({ layers: [layer], start: 'uniform', size: [224, 224], iterations: 20, jitter: 32 }),
  ),
});
