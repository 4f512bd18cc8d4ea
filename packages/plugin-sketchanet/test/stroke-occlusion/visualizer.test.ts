import '@tensorflow/tfjs';
import { testDrawings, testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { strokeOcclusion } from '../../src/stroke-occlusion/stroke-occlusion.js';
import { inkSpec, linearModel } from '../strokes/linear-model.js';

const shared = { describe, it, inputs: testDrawings(), takesPictures: false } as const;

testVisualizer(strokeOcclusion, { ...shared, options: { batchSize: 4, pieces: 8 } });

testVisualizer(strokeOcclusion, {
  ...shared,
  options: { dealing: 'again' },
  createModel: () => linearModel(inkSpec(16, 6, { parts: 3, canvas: 18, resolution: 9 }), (y, x, c) => Math.sin(y + 2 * x + c)),
});
