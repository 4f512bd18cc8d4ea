import { defineConfig, dream } from 'featurescope';
import { type DreamSettings, figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const { depths } = network;
const plain: DreamSettings = { stepRule: 'fixed', iterations: 6, octaves: 1, jitter: 0, longSide: 224 };

// Three layers in turn within each iteration, each with its own step; then the same layers and steps as one weighted sum.
export default defineConfig({
  ...figure('cycle'),
  inputs: [await photo()],
  visualizers: [
    dream({ ...plain, cycle: depths.map(({ layer, step }) => `${layer}@${step}`) }),
    dream({ ...plain, layers: depths.map(({ layer }) => layer), weights: depths.map(({ step }) => step), step: 1 }),
  ],
});
