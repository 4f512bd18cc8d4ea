import { defineConfig, strokeOcclusion, strokeSaliency } from 'featurescope';
import { DRAWINGS, figure } from './figure.js';

// Which strokes the class depends on: what the score loses without each, and where its gradient lies.
export default defineConfig({
  ...figure('strokes'),
  inputs: [1, 2, 4, 5].map((line) => `${DRAWINGS}#${line}`),
  visualizers: [strokeOcclusion({ of: 'probabilities' }), strokeSaliency()],
});
