import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { fusion } from '../../src/fusing/fusion.js';
import { ignorant, onDrawings, tinyNetwork } from './tiny-ensemble.js';

testVisualizer(onDrawings(fusion), {
  describe,
  it,
  inputs: [],
  takesPictures: false,
  createModel: () => tinyNetwork({ name: 'net', split: { folds: 2, fold: 1 }, weightOf: ignorant('net') }),
  options: { ensemble: ['one', 'two'], views: 1, components: 2 },
});
