import { defineConfig, fusion } from 'featurescope';
import { figure } from './figure.js';
import { DATASET, members } from './training/trained.js';

// The networks of the ensemble, alone and fused, on drawings that they have not seen.
export default defineConfig({ ...figure('fusion'), dataset: DATASET, visualizers: [fusion({ ensemble: members() })] });
