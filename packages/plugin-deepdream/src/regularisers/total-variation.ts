import { totalVariation as objective } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { perChannel } from '../loop/per-channel.js';
import type { TensorRegulariser } from './regulariser.js';

/** x ← x − η · weight · ∇TV_β(x), η the step size (Mahendran & Vedaldi, 2015); TV_β is that of the core's objective. */
export function totalVariation(weight: number, beta: number): TensorRegulariser {
  const { terms } = objective(beta);
  const value = (picture: Tensor4D) => terms.map((term) => term.value(() => picture)).reduce((sum, term) => tf.add(sum, term));
  const gradient = tf.grad((picture) => value(picture as Tensor4D));
  return {
    name: 'total-variation',
    halo: 1,
    every: 1,
    apply: (picture, { step }) =>
      tf.sub(
        picture,
        perChannel(
          tf.mul,
          gradient(picture) as Tensor4D,
          step.map((eta) => eta * weight),
        ),
      ),
  };
}
