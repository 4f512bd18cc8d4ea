import { fileURLToPath } from 'node:url';
import { correspondence, defineConfig } from 'featurescope';
import { figure } from './networks.js';
import { dogs } from './pictures.mjs';

// Whether hiding an eye or the nose of a dog changes the features of all dogs alike.
export default defineConfig({
  ...figure('correspondence'),
  inputs: await dogs(),
  visualizers: [correspondence({ parts: fileURLToPath(new URL('parts.csv', import.meta.url)) })],
});
