import { compare, defineConfig } from 'featurescope';
import { absence } from '../support/models.mjs';
import { photos, sketch } from './pictures.mjs';

const NETWORKS = ['photonet', 'squeezenet1.0', 'tiny-darknet', 'doodlenet'];

// Guided backprop of the strongest class of several networks: those that are there.
export default defineConfig({
  model: NETWORKS.filter((name) => absence(name) === undefined),
  out: 'out/visualizing-and-understanding/several/networks',
  inputs: [...(await photos('ship', 'dog', 'flower')), await sketch()],
  visualizers: [compare({ methods: ['guided-backprop'], normalise: 'cell' })],
});
