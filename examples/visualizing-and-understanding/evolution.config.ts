import { defineConfig, evolution } from 'featurescope';
import { networks } from './networks.js';
import { dataset } from './pictures.mjs';

const own = process.env['FEATURESCOPE_EXAMPLE_DATASET'] === undefined ? '' : '-own';

// The strongest stimulus of every unit at the eight bundled checkpoints (figure 4 of the paper).
export default defineConfig({
  out: `out/visualizing-and-understanding/photonet/evolution${own}`,
  dataset: await dataset(),
  visualizers: [
    evolution({ checkpoints: ['photonet@all'], layers: [...(networks['photonet']?.layers ?? [])], sheetUnits: 4, tensors: false }),
  ],
});
