export { accuracyByCompletion, stepAt } from './completion.js';
export { initialiseRecurrent } from './initialise.js';
export { type CellName, parameterCount, predictSteps, type RecurrentNetwork, type RecurrentSizes } from './network.js';
export { type RecurrentOptions, recurrentOptions, recurrentWithoutEffect } from './options.js';
export type { Sequence } from './sequence.js';
export { decodeRecurrent, encodeRecurrent } from './state.js';
export { type StepWeighting, stepWeights } from './step-weights.js';
export { type RecurrentEpoch, type RecurrentServices, type TrainingSequence, trainRecurrent } from './train.js';
