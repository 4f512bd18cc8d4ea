import { defineConfig, dream } from 'featurescope';
import { type DreamSettings, figure, network } from './networks.js';
import { photo } from './pictures.mjs';

const [, { layer, step }] = network.depths;
const tiled: DreamSettings = {
  layers: [layer],
  stepRule: 'fixed',
  iterations: 9,
  octaves: 1,
  jitter: 0,
  longSide: 512,
  tileSize: [224, 224],
  tileOverlap: 124,
};

// Tiles that share 124 pixels: visited in turn as in the report, where a pixel is stepped up to nine times in an iteration, hence the smaller
// step; then one step with gradients that fade from tile to tile.
export default defineConfig({
  ...figure('overlap'),
  inputs: [await photo()],
  visualizers: [dream({ ...tiled, step: step / 4, tileBlend: 'none' }), dream({ ...tiled, step, tileBlend: 'ramp' })],
});
