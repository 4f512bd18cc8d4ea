import { defineConfig, strokeChannels } from 'featurescope';
import { DRAWINGS, figure } from './figure.js';

// Three parts in the order of drawing, and what strokes become part of which where the split is another.
export default defineConfig({
  ...figure('channels'),
  inputs: [`${DRAWINGS}#1`, `${DRAWINGS}#4`],
  visualizers: [strokeChannels(), strokeChannels({ split: 'outline' }), strokeChannels({ split: 'adaptive' })],
});
