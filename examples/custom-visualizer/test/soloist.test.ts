import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { soloist } from '../src/index.js';

testVisualizer(soloist, { describe, it, options: { layer: 'conv2', channel: 3, steps: 4 } });
