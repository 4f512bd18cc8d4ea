import { defineObjective } from './define-objective.js';
import { type Objective, PROBABILITIES } from './objective.js';

/** p_k, the output of the final softmax; can also rise because other scores fall (Simonyan, Vedaldi & Zisserman, 2013, section 2). */
export const classProbability = (k: number): Objective =>
  defineObjective({
    name: `class-probability(${k})`,
    seed: { layer: PROBABILITIES, form: 'sum', units: [{ channel: k }], mean: true },
  });
