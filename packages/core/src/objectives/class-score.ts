import { defineObjective } from './define-objective.js';
import { LOGITS, type Objective } from './objective.js';

/** S_k, the score of class k before the softmax; its mean over positions for inputs larger than the network's (Simonyan, Vedaldi & Zisserman, 2013). */
export const classScore = (k: number): Objective =>
  defineObjective({
    name: `class-score(${k})`,
    seed: { layer: LOGITS, form: 'sum', units: [{ channel: k }], mean: true },
  });
