import { ablation, defineConfig } from 'featurescope';
import { out, PHOTOS, protocol } from './study.js';

// AlexNet without some of its layers, or with other sizes of them: the upper half of the table.
export default defineConfig({
  dataset: PHOTOS.join(','),
  out: out('ablation-alexnet'),
  visualizers: [ablation({ architecture: 'alexnet', ...protocol })],
});
