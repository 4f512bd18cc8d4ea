import '@tensorflow/tfjs';
import { testDrawings, testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { augmentations } from '../../src/augmentations/augmentations.js';

testVisualizer(augmentations, { describe, it, inputs: testDrawings(), takesPictures: false, options: { size: 24, count: 3, noise: 0.1 } });
