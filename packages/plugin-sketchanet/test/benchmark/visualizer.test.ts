import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { benchmark } from '../../src/benchmark/benchmark.js';
import { ignorant, onDrawings, tinyNetwork } from '../fusing/tiny-ensemble.js';

testVisualizer(onDrawings(benchmark), {
  describe,
  it,
  inputs: [],
  takesPictures: false,
  createModel: () => tinyNetwork({ name: 'net', split: { folds: 2, fold: 1 }, weightOf: ignorant('net') }),
  options: {
    ensemble: ['one'],
    networks: ['b=two'],
    pretrained: ['three'],
    featuresOf: 'four',
    views: 1,
    components: 2,
    hogSize: 32,
    c: [0.1, 1],
  },
});
