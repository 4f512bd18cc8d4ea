import { defineConfig, topActivations } from 'featurescope';
import { figure, network } from './networks.js';
import { dataset } from './pictures.mjs';

const { layers, units } = network;

// The nine strongest stimuli of units of four layers, with projections (figure 2 of the paper).
export default defineConfig({
  ...figure('top'),
  dataset: await dataset(),
  visualizers: [topActivations({ layers: [...layers], units: units === 'all' ? units : [...units], sheetUnits: 6, tensors: false })],
});
