import { defineConfig, filters } from 'featurescope';
import { figure } from './figure.js';

// First-layer filters of a sketch network against Gabor functions.
export default defineConfig({ ...figure('filters'), visualizers: [filters()] });
