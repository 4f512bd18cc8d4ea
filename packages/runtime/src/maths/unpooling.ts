import type { ExplicitPadding, Extent } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { everyNth, insertZeros, padOrCrop } from './spacing.js';

/** Stands for −∞: the least float32, since some shader languages have no infinities. */
export const LEAST = -3.4028234663852886e38;

/** A pool over a map of one size. */
export interface PoolGeometry {
  readonly size: Extent;
  readonly stride: Extent;
  readonly padding: ExplicitPadding;
}

/**
 * Sends the signal of each window to its maximum, to the first in row-major order where several are equal: one comparison for
 * each position of the window, whatever the backend makes of ties.
 */
export function unpoolToFirst(x: Tensor4D, pooled: Tensor4D, signal: Tensor4D, { size, stride, padding }: PoolGeometry): Tensor4D {
  return tf.tidy(() => {
    const [, rows, columns] = pooled.shape;
    const map = padOrCrop(x, padding, LEAST);
    let waiting = tf.onesLike(pooled);
    let sum: Tensor4D = tf.zerosLike(map);
    for (let top = 0; top < size[0]; top++)
      for (let left = 0; left < size[1]; left++) {
        const equal = tf.cast(tf.equal(everyNth(map, [top, left], [rows, columns], stride), pooled), 'float32');
        const first = tf.mul(equal, waiting);
        waiting = tf.sub(waiting, first);
        const placed = insertZeros(tf.mul(first, signal), stride);
        const bottom = map.shape[1] - placed.shape[1] - top;
        const right = map.shape[2] - placed.shape[2] - left;
        sum = tf.add(sum, padOrCrop(placed, { top, left, bottom, right }));
      }
    return padOrCrop(sum, { top: -padding.top, left: -padding.left, bottom: -padding.bottom, right: -padding.right });
  });
}
