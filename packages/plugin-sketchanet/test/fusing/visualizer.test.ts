import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { fusion } from '../../src/fusing/fusion.js';
import { datasetOf, ignorant, tinyDrawings, tinyNetwork } from './tiny-ensemble.js';

const dataset = datasetOf(tinyDrawings(5));

/** The same visualizer in a context with drawings, whose networks are all the model of the run. */
const withDrawings = Object.assign((options?: Parameters<typeof fusion>[0]) => fusion(options), {
  visualizer: {
    ...fusion.visualizer,
    run: (...[context, options]: Parameters<typeof fusion.visualizer.run>) =>
      fusion.visualizer.run({ ...context, dataset, loadModel: async () => context.model }, options),
  },
});

testVisualizer(withDrawings, {
  describe,
  it,
  inputs: [],
  takesPictures: false,
  createModel: () => tinyNetwork({ name: 'net', split: { folds: 2, fold: 1 }, weightOf: ignorant('net') }),
  options: { ensemble: ['one', 'two'], views: 1, components: 2 },
});
