import { ablation, defineConfig } from 'featurescope';
import { out, PHOTOS, protocol } from './study.js';

// Zeiler and Fergus's network without some of its layers, and with other sizes of them; quickly: on a tenth of the photos, and narrower.
export default defineConfig({
  dataset: PHOTOS.join(','),
  out: out('ablation'),
  visualizers: [ablation({ architecture: 'zfnet', ...protocol })],
});
