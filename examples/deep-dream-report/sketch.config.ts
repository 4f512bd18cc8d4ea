import { defineConfig, dream } from 'featurescope';
import type { DreamSettings } from './networks.js';
import { sketch } from './pictures.mjs';

const LAYERS = ['max_pooling2d', 'conv2d_5/relu', 'dense_1'];
// Strokes are as wide at this size as those that the network was trained on.
const plain: DreamSettings = { iterations: 40, step: 0.02, octaves: 1, jitter: 2, longSide: 112, clamp: true };

// Dreams of a sketch network (DoodleNet) on a drawing, a row for each layer: with a clamp alone, with a decay, with a blur after every tenth step.
export default defineConfig({
  model: 'doodlenet',
  out: 'out/deep-dream-report/doodlenet/sketch',
  inputs: [await sketch()],
  visualizers: LAYERS.flatMap((layer) => [
    dream({ ...plain, layers: [layer] }),
    dream({ ...plain, layers: [layer], decay: 0.02 }),
    dream({ ...plain, layers: [layer], blurEvery: 10, blurSigma: 0.5 }),
  ]),
});
