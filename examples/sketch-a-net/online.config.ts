import { defineConfig, onlineRecognition } from 'featurescope';
import { DRAWINGS, figure } from './figure.js';
import { DATASET } from './training/trained.js';

// Drawings while they grow: the bundled networks alone and together, and a GRU and an LSTM on their features.
export default defineConfig({
  ...figure('online'),
  dataset: DATASET,
  inputs: [`${DRAWINGS}#1`, `${DRAWINGS}#2`],
  visualizers: [onlineRecognition(process.env['FEATURESCOPE_EXAMPLE_QUICK'] === undefined ? {} : { limit: 6, epochs: 5 })],
});
