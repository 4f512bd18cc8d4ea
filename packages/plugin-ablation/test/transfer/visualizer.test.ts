import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { transfer } from '../../src/transfer/transfer.js';
import { colours, onDataset, smallModel } from './world.js';

testVisualizer(onDataset(transfer, colours({ each: 5 })), {
  describe,
  it,
  inputs: [],
  takesPictures: false,
  createModel: smallModel,
  options: { layers: ['pool1', 'gap'], perClass: [1, 2], folds: 2, testPerClass: 2, c: 1, l2: 0.1, scratchEpochs: 1, scratchBatch: 3 },
});
