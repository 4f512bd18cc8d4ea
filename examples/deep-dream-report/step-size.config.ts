import { defineConfig } from 'featurescope';
import { compareDreams } from './compare-dreams.js';
import { type DreamSettings, figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const [, , { layer, step: suited }] = network.depths;
const plain: DreamSettings = {
  layers: [layer],
  stepRule: 'fixed',
  iterations: 20,
  octaves: 1,
  jitter: 0,
  longSide: 224,
  guard: false,
  frameEvery: 0,
};
const steps = [0.25, 1, 4, 16].map((factor) => factor * suited);

// Growth of ‖a‖² of the deep layer with steps from a quarter to sixteen times that of the table.
export default defineConfig({
  ...figure('step-size'),
  inputs: [await photo()],
  visualizers: [compareDreams({ dreams: Object.fromEntries(steps.map((step) => [`step ${step}`, { ...plain, step }])) })],
});
