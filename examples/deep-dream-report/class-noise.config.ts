import { classModel, defineConfig } from 'featurescope';
import { figure, network } from './networks.js';

// Class models from noise, blurred after every tenth step as in the report.
export default defineConfig({
  ...figure('class-noise'),
  visualizers: network.classes.map((name) => classModel({ class: name, size: network.classSize, blurEvery: 10 })),
});
