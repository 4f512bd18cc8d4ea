import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { benchmark } from '../../src/benchmark/benchmark.js';
import { datasetOf, ignorant, tinyDrawings, tinyNetwork } from '../fusing/tiny-ensemble.js';

const dataset = datasetOf(tinyDrawings(5));

/** The same visualizer in a context with drawings, whose networks are all the model of the run. */
const withDrawings = Object.assign((options?: Parameters<typeof benchmark>[0]) => benchmark(options), {
  visualizer: {
    ...benchmark.visualizer,
    run: (...[context, options]: Parameters<typeof benchmark.visualizer.run>) =>
      benchmark.visualizer.run({ ...context, dataset, loadModel: async () => context.model }, options),
  },
});

testVisualizer(withDrawings, {
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
