import { defineConfig, filters } from 'featurescope';
import { figure } from './figure.js';

// First-layer filters against Gabor functions: of the sketch network, or of the network named by FEATURESCOPE_EXAMPLE_MODEL.
const model = process.env['FEATURESCOPE_EXAMPLE_MODEL'] ?? 'sketchanet-128';
export default defineConfig({ ...figure(`filters-${model}`, model), visualizers: [filters()] });
