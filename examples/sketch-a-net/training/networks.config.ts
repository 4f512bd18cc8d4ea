import { defineTraining } from 'featurescope';
import { baselines, ensemble, fused, orders, pretraining } from '../../../packages/models/training/sketch-networks.js';
import { EFFORT, folds, inFold, TRAINED } from './trained.js';

// All networks of the tables, fold by fold, one after the other; --resume goes on where it was killed.
const networks = folds.flatMap((fold) => {
  const options = { fold, effort: EFFORT, suffix: inFold('', fold) };
  return [pretraining(options), ...ensemble(options), fused(options), ...orders(options), ...baselines(options)];
});

export default defineTraining(networks.map((network) => ({ ...network, out: TRAINED })));
