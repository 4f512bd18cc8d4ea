import type { Extent } from '@featurescope/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Where one position of a resized axis takes its value from: weights of positions of the original axis. */
export type Sampling = (position: number) => readonly (readonly [from: number, weight: number])[];

/** [from, to]: column i holds the weights of position i. */
function samplingMatrix(sampling: Sampling, from: number, to: number): Tensor2D {
  const matrix = new Float32Array(from * to);
  for (let i = 0; i < to; i++)
    for (const [source, weight] of sampling(i)) matrix[source * to + i] = (matrix[source * to + i] ?? 0) + weight;
  return tf.tensor2d(matrix, [from, to]);
}

/** Gradient of a separable resize with respect to its input of the given height and width: the transposed sampling along both axes. */
export function transposedSampling(signal: Tensor4D, [height, width]: Extent, down: Sampling, across: Sampling): Tensor4D {
  return tf.tidy(() => {
    const [n, rows, columns, channels] = signal.shape;
    const upright = tf.reshape(samplingMatrix(down, height, rows), [1, height, rows]);
    const sideways = tf.reshape(samplingMatrix(across, width, columns), [1, width, columns]);
    const rowsDone = tf.matMul(upright, tf.reshape(signal, [n, rows, columns * channels]));
    return tf.reshape(tf.matMul(sideways, tf.reshape(rowsDone, [n * height, columns, channels])), [n, height, width, channels]);
  });
}
