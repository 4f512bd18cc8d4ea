import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

const modulo = (n: number, size: number): number => ((n % size) + size) % size;

function roll(picture: Tensor3D, by: number, axis: 1 | 2): Tensor3D {
  const size = picture.shape[axis];
  const offset = modulo(by, size);
  if (offset === 0) return picture;
  const at = (from: number): [number, number, number] => (axis === 1 ? [0, from, 0] : [0, 0, from]);
  const extent = (n: number): [number, number, number] => (axis === 1 ? [-1, n, -1] : [-1, -1, n]);
  return tf.concat([tf.slice(picture, at(size - offset), extent(offset)), tf.slice(picture, at(0), extent(size - offset))], axis);
}

/** Circular shift of [N, H, W, C] by `dy` rows and `dx` columns. Columns and channels are one axis, which WebAssembly slices faster. */
export const shift = (picture: Tensor4D, dy: number, dx: number): Tensor4D =>
  tf.tidy(() => {
    const [n, height, width, channels] = picture.shape;
    const rows: Tensor3D = tf.reshape(picture, [n, height, width * channels]);
    return tf.reshape<tf.Rank.R4>(roll(roll(rows, dy, 1), dx * channels, 2), picture.shape);
  });
