import { benchmark, defineConfig } from 'featurescope';
import { figure } from './figure.js';
import { DATASET, members, others } from './training/trained.js';

// Sketch-a-Net beside what it is compared with in the paper. LeNet, AlexNet and the fused network are those that were trained, if they were;
// features of a network that was trained on photos are those of the bundled one.
const trained = others({ LeNet: ['lenet', 60], AlexNet: ['alexnet', 30], 'Sketch-a-Nets trained together': ['fused', 8] });
export default defineConfig({
  ...figure('networks'),
  dataset: DATASET,
  visualizers: [
    benchmark({
      ensemble: members(),
      ...trained,
      featuresOf: 'photonet',
      ...(process.env['FEATURESCOPE_MODELS'] !== undefined && { pretrained: ['doodlenet'] }),
    }),
  ],
});
