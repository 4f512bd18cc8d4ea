import { defineConfig, filters } from 'featurescope';
import { absence } from '../support/models.mjs';

// First-layer filters of the bundled network and of SqueezeNet, if that is there, with the Gabors fitted to them.
export default defineConfig({
  model: ['photonet', 'squeezenet1.0'].filter((name) => absence(name) === undefined),
  out: 'out/visualizing-and-understanding/several/filters',
  visualizers: [filters({ side: 28 })],
});
