import { classModel, deconvnet, defineConfig, dream, guidedBackprop, occlusion } from 'featurescope';
import { DRAWINGS, figure } from './figure.js';

// What other visualizers make of a network that sees the order of strokes.
export default defineConfig({
  ...figure('looking'),
  inputs: [`${DRAWINGS}#1`],
  visualizers: [
    dream({ layers: ['relu5'], octaves: 1, iterations: 30 }),
    classModel({ class: 'smiley face' }),
    deconvnet({ layer: 'relu5' }),
    guidedBackprop(),
    occlusion({ window: 17, stride: 4 }),
  ],
});
