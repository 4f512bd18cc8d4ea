import { augmentations, defineConfig } from 'featurescope';
import { DRAWINGS, figure } from './figure.js';

// What a network learns from in place of one drawing.
export default defineConfig({
  ...figure('augmentations'),
  inputs: [`${DRAWINGS}#2`, `${DRAWINGS}#5`],
  visualizers: [augmentations({ remove: 0.3, deform: 'both' })],
});
