import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { PixelStatistic, TensorRegulariser } from './regulariser.js';

/** Sets a pixel to 0 in all channels where its statistic is below the given percentile of the picture's. */
export const clipPixels = (name: string, statistic: PixelStatistic, percentile: number): TensorRegulariser => ({
  name,
  halo: 0,
  every: 1,
  threshold: { statistic, percentile },
  apply: (picture, { gradient, threshold }) => {
    const values = tf.expandDims<Tensor4D>(statistic(picture, gradient), 3);
    // What is not a number stays so: a dream that diverged is seen. (A comparison takes WebAssembly a hundred times as long as a step.)
    return tf.mul(picture, tf.sub(1, tf.step(tf.sub(threshold, values))));
  },
});
