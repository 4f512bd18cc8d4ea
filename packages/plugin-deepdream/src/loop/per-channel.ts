import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Combines pictures [N, H, W, C] with one value per channel, in a tidy of the caller. Values that are all equal go in as one number, others
 * as whole rows: broadcasting along the few channels alone is ten times as slow on WebAssembly.
 */
export function perChannel(
  combine: (picture: tf.Tensor, values: tf.Tensor | number) => tf.Tensor,
  picture: Tensor4D,
  values: readonly number[],
): Tensor4D {
  const [n, height, width, channels] = picture.shape;
  const [first = 0] = values;
  if (values.every((value) => value === first)) return combine(picture, first) as Tensor4D;
  const rows: Tensor2D = tf.reshape(picture, [n * height, width * channels]);
  const row: Tensor1D = tf.tensor1d(Float32Array.from({ length: width * channels }, (_, i) => values[i % channels] ?? first));
  return tf.reshape(combine(rows, row) as Tensor2D, picture.shape);
}
