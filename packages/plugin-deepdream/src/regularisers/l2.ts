import type { Regulariser } from './regulariser.js';
import { scale } from './scale.js';

/** x ← x (1 − η λ), η the step size: the penalty ½ λ ‖x‖² of Simonyan, Vedaldi & Zisserman (2013), descended by one step. */
export const l2 = (lambda: number): Regulariser => ({
  name: 'l2',
  every: 1,
  change: ({ data, shape }, { step }) =>
    scale(
      data,
      Array.from({ length: shape[3] }, (_, c) => 1 - (step[c] ?? 0) * lambda),
    ),
});
