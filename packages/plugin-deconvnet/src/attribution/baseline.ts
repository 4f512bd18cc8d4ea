import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** A number in input units, or the mean of each channel of the picture. */
export type Baseline = number | 'mean';

/** The picture [1, H, W, C] that stands for nothing to see; the caller disposes it. */
export const baselinePicture = (picture: Tensor4D, baseline: Baseline): Tensor4D =>
  tf.tidy(() =>
    baseline === 'mean'
      ? (tf.mul(tf.onesLike(picture), tf.mean(picture, [1, 2], true)) as Tensor4D)
      : (tf.fill(picture.shape, baseline) as Tensor4D),
  );
