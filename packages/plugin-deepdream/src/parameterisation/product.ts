import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** A constant matrix that rows are multiplied with. */
export interface Product {
  /** [R, K] · [K, M], differentiable in the rows. */
  apply(rows: Tensor2D): Tensor2D;
  dispose(): void;
}

/**
 * The product with the constant matrix [K, M] given row by row. The transposed matrix of the gradient is kept too: on wasm
 * a product of two untransposed matrices is an order of magnitude faster than any other.
 */
export function productWith(matrix: Float32Array, [from, to]: readonly [number, number]): Product {
  const flipped = new Float32Array(matrix.length);
  for (let k = 0; k < from; k++) for (let m = 0; m < to; m++) flipped[m * from + k] = matrix[k * to + m] ?? 0;
  const forward = tf.keep(tf.tensor2d(matrix, [from, to]));
  const backward = tf.keep(tf.tensor2d(flipped, [to, from]));
  const multiply = tf.customGrad((rows) => ({
    value: tf.matMul(rows as Tensor, forward),
    gradFunc: (signal: Tensor) => tf.matMul(signal, backward),
  }));
  return { apply: (rows) => multiply(rows) as Tensor2D, dispose: () => tf.dispose([forward, backward]) };
}
