import '@tensorflow/tfjs';
import { testDrawings, testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { strokeSaliency } from '../../src/stroke-saliency/stroke-saliency.js';
import { inkSpec, linearModel } from '../strokes/linear-model.js';

const shared = { describe, it, inputs: testDrawings(), takesPictures: false } as const;

testVisualizer(strokeSaliency, { ...shared, options: { method: 'integrated-gradients', steps: 40, pieces: 12 } });

testVisualizer(strokeSaliency, {
  ...shared,
  options: { pieces: 8 },
  createModel: () => linearModel(inkSpec(16, 6, { parts: 3, canvas: 18, resolution: 9 }), (y, x, c) => Math.sin(y + 2 * x + c)),
});
