import { classModel, defineConfig } from 'featurescope';
import { figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const turned = { class: network.target, start: 'input', longSide: 224, blurEvery: 10 } as const;

// A picture turned into another class, and the probabilities on the way: after 8 steps, and after the report's 130.
export default defineConfig({
  ...figure('class-photo'),
  inputs: [await photo()],
  visualizers: [8, 130].map((iterations) => classModel({ ...turned, iterations })),
});
