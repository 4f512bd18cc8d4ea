import '@tensorflow/tfjs';
import { testDrawings, testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { strokeChannels } from '../../src/stroke-channels/stroke-channels.js';

testVisualizer(strokeChannels, { describe, it, inputs: testDrawings(), takesPictures: false, options: { size: 24, scales: [12, 6] } });
