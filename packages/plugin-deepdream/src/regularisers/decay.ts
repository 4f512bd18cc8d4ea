import type { Regulariser } from './regulariser.js';
import { scale } from './scale.js';

/** x ← (1 − rate) · x (Yosinski et al., 2015, "L2 decay"): towards 0, whatever the step size. */
export const decay = (rate: number): Regulariser => ({
  name: 'decay',
  every: 1,
  change: ({ data }) => scale(data, [1 - rate]),
});
