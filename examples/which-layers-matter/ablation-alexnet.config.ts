import { ablation, defineConfig } from 'featurescope';
import { isQuick, out, PHOTOS } from './study.js';

// The same for AlexNet, whose replica is what the paper took layers out of.
export default defineConfig({
  dataset: PHOTOS.join(','),
  out: out('ablation-alexnet'),
  visualizers: [ablation({ architecture: 'alexnet', ...(isQuick && { seeds: [1, 2], perClass: 200, width: 0.0625, epochs: 6 }) })],
});
