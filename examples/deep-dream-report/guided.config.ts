import { defineConfig, dream } from 'featurescope';
import { type DreamSettings, figure, network } from './networks.js';
import { guide, photo } from './pictures.mjs';

const guided: DreamSettings = { guide: await guide(), iterations: 40, octaves: 1, jitter: 0, blurEvery: 10, longSide: 224 };

// Dreams guided by another picture: layer by layer from a convolution to the scores.
export default defineConfig({
  ...figure('guided'),
  inputs: [await photo()],
  visualizers: network.guided.map((layer) => dream({ ...guided, layers: [layer] })),
});
