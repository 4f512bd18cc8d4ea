import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';

/** Central differences of a scalar function at x, in the order of x. */
export function finiteDifferences(f: (x: Tensor4D) => Scalar, x: Tensor4D, step = 1e-2): number[] {
  const values = x.dataSync();
  return Array.from(values, (_, i) => {
    const at = (offset: number): number =>
      tf.tidy(() => {
        const moved = Float32Array.from(values);
        moved[i] = (moved[i] ?? 0) + offset;
        return f(tf.tensor4d(moved, x.shape)).dataSync()[0] ?? 0;
      });
    return (at(step) - at(-step)) / (2 * step);
  });
}

/** Largest difference of two lists relative to the largest number of the second. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const scale = Math.max(1e-6, ...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (value, i) => Math.abs((found[i] ?? Number.NaN) - value))) / scale;
}
