import { compare, defineConfig } from 'featurescope';
import { figure, network } from './networks.js';
import { photos } from './pictures.mjs';

// The strongest unit of four layers by three rules of the backward pass, each with a scale of its own.
export default defineConfig({
  ...figure('methods'),
  inputs: await photos('ship', 'dog'),
  visualizers: [compare({ methods: ['gradient', 'deconvnet', 'guided-backprop'], layers: [...network.explained], normalise: 'cell' })],
});
