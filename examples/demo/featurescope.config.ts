import { defineConfig, dream, gradient } from 'featurescope';

// The bundled photo network on pictures that scripts/demo.mjs draws.
export default defineConfig({
  inputs: ['out/demo-inputs/landscape.png', 'out/demo-inputs/sailboat.png', 'out/demo-inputs/cat.png'],
  out: 'out/demo',
  visualizers: [dream(), gradient()],
});
