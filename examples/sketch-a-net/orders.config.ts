import { benchmark, defineConfig } from 'featurescope';
import { figure } from './figure.js';
import { DATASET, members, others } from './training/trained.js';

// Networks that see a drawing in one to five parts, and those of single scales beside all of them.
const trained = others(Object.fromEntries([1, 2, 4, 5].map((parts) => [`${parts} parts`, [`parts-${parts}`, 30] as const])));
export default defineConfig({ ...figure('orders'), dataset: DATASET, visualizers: [benchmark({ ensemble: members(), ...trained })] });
