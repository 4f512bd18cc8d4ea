import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Reduces height, width and channels of each picture with `reduce` and adds up the batch. */
export const perPicture = (a: Tensor4D, reduce: typeof tf.mean | typeof tf.sum): Scalar => tf.sum(reduce(a, [1, 2, 3])) as Scalar;

/** One channel of each picture, [N, H, W, 1]. */
export const channelOf = (a: Tensor4D, channel: number): Tensor4D =>
  tf.slice(a, [0, 0, 0, channel], [a.shape[0], a.shape[1], a.shape[2], 1]);
