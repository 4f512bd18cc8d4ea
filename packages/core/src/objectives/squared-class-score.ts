import { defineObjective } from './define-objective.js';
import { LOGITS, type Objective } from './objective.js';

/** S_k², gradient 2 S_k; drives a negative score further down (the class neuron of Hasson's report on deep dreams, 2017). */
export const squaredClassScore = (k: number): Objective =>
  defineObjective({
    name: `squared-class-score(${k})`,
    seed: { layer: LOGITS, form: 'squares', units: [{ channel: k }], mean: true },
  });

/** max(S_k, 0)², which leaves a negative score alone. */
export const positiveSquaredClassScore = (k: number): Objective =>
  defineObjective({
    name: `positive-squared-class-score(${k})`,
    seed: { layer: LOGITS, form: 'positiveSquares', units: [{ channel: k }], mean: true },
  });
