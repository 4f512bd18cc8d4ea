import { FOLDS } from '../../packages/models/training/sketch-networks.js';

export { DRAWINGS as DATASETS } from '../../packages/models/training/sketch-networks.js';

/** Whether everything is done quickly, and badly: FEATURESCOPE_EXAMPLE_QUICK. */
export const isQuick = process.env['FEATURESCOPE_EXAMPLE_QUICK'] !== undefined;

/** Part of the epochs of a training. */
export const EFFORT = isQuick ? 0.1 : 1;

/** Folder of what train.config.ts makes. */
export const TRAINED = isQuick ? 'out/sketch-a-net/training-quick' : 'out/sketch-a-net/training';

/** Folds that are trained and tested. */
export const folds = isQuick ? [1] : Array.from({ length: FOLDS }, (_, i) => i + 1);

export const suffix = (fold: number): string => `-fold-${fold}`;
