import { ablation, defineConfig } from 'featurescope';
import { out, PHOTOS, protocol } from './study.js';

// The same for AlexNet, whose replica is what the paper took layers out of.
export default defineConfig({
  dataset: PHOTOS.join(','),
  out: out('ablation-alexnet'),
  visualizers: [ablation({ architecture: 'alexnet', ...protocol })],
});
