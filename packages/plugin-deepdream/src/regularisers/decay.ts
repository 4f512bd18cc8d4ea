import * as tf from '@tensorflow/tfjs-core';
import type { Regulariser } from './regulariser.js';

/** x ← (1 − rate) · x (Yosinski et al., 2015, "L2 decay"): towards 0, whatever the step size. */
export const decay = (rate: number): Regulariser => ({
  name: 'decay',
  halo: 0,
  every: 1,
  apply: (picture) => tf.mul(picture, 1 - rate),
});
