import { defineConfig } from 'featurescope';
import { soloist } from './src/index.js';

export default defineConfig({
  inputs: ['out/demo-inputs/landscape.png'],
  out: 'out/soloist',
  visualizers: [soloist({ layer: 'relu3_1', channel: 5 }), soloist({ layer: 'relu3_1', channel: 6 })],
});
