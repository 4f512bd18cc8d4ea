import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

const modulo = (n: number, size: number): number => ((n % size) + size) % size;

function roll(picture: Tensor4D, by: number, axis: 1 | 2): Tensor4D {
  const size = picture.shape[axis];
  const offset = modulo(by, size);
  if (offset === 0) return tf.clone(picture);
  const at = (from: number): number[] => (axis === 1 ? [0, from, 0, 0] : [0, 0, from, 0]);
  const extent = (n: number): number[] => (axis === 1 ? [-1, n, -1, -1] : [-1, -1, n, -1]);
  return tf.concat([tf.slice(picture, at(size - offset), extent(offset)), tf.slice(picture, at(0), extent(size - offset))], axis);
}

/** Circular shift of [N, H, W, C] by `dy` rows and `dx` columns. */
export const shift = (picture: Tensor4D, dy: number, dx: number): Tensor4D => tf.tidy(() => roll(roll(picture, dy, 1), dx, 2));
