import { ablation, defineConfig } from 'featurescope';
import { out, PHOTOS, protocol } from './study.js';

// Zeiler and Fergus's network with other sizes of its layers: the lower half of their table.
export default defineConfig({
  dataset: PHOTOS.join(','),
  out: out('ablation'),
  visualizers: [ablation({ architecture: 'zfnet', variants: ['base', '6,7=2048', '6,7=8192', 'maps 512-1024-512', 'both'], ...protocol })],
});
