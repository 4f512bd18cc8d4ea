import { defineConfig, strokeChannels } from 'featurescope';
import { DRAWINGS, figure } from './figure.js';

// A drawing at the scales of the bundled ensemble.
export default defineConfig({
  ...figure('scales'),
  inputs: [`${DRAWINGS}#1`],
  visualizers: [strokeChannels({ size: 128, penWidth: 2, scales: [128, 96, 64, 32] })],
});
