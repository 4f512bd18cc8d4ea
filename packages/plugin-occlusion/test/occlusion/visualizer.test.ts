import '@tensorflow/tfjs';
import { pictureInput, syntheticPicture, testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { occlusion } from '../../src/occlusion/occlusion.js';

const small = { window: 4, stride: 4 };
const one = [pictureInput('one', syntheticPicture('one', [12, 10]))];

testVisualizer(occlusion, { describe, it, options: small });
describe('several windows', () => {
  testVisualizer(occlusion, {
    describe,
    it,
    options: {
      windows: [
        [4, 3],
        [5, 5],
      ],
      stride: 5,
      baseline: 'noise',
      score: 'activity',
      batchSize: 3,
    },
    inputs: one,
  });
});
describe('coarse to fine', () => {
  testVisualizer(occlusion, { describe, it, options: { window: 3, stride: 2, refine: true, batchSize: 4, class: 'cloud' }, inputs: one });
});
