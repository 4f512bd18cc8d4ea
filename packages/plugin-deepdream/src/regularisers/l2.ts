import * as tf from '@tensorflow/tfjs-core';
import type { Regulariser } from './regulariser.js';

/** x ← x (1 − η λ), η the step size: the penalty ½ λ ‖x‖² of Simonyan, Vedaldi & Zisserman (2013), descended by one step. */
export const l2 = (lambda: number): Regulariser => ({
  name: 'l2',
  halo: 0,
  every: 1,
  apply: (picture, { step }) => tf.mul(picture, tf.sub(1, tf.mul(step, lambda))),
});
