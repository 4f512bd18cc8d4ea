import { defineConfig, filters } from 'featurescope';
import { figure } from './figure.js';

// The same of the bundled photo network, beside it.
export default defineConfig({ ...figure('filters-photo', 'photonet'), visualizers: [filters()] });
