import * as tf from '@tensorflow/tfjs-core';
import { perChannel } from '../loop/per-channel.js';
import type { Regulariser } from './regulariser.js';

/** x ← x (1 − η λ), η the step size: the penalty ½ λ ‖x‖² of Simonyan, Vedaldi & Zisserman (2013), descended by one step. */
export const l2 = (lambda: number): Regulariser => ({
  name: 'l2',
  halo: 0,
  every: 1,
  apply: (picture, { step }) =>
    perChannel(
      tf.mul,
      picture,
      step.map((eta) => 1 - eta * lambda),
    ),
});
