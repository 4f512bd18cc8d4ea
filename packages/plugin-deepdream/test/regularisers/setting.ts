import * as tf from '@tensorflow/tfjs-core';
import { isPointwise, type Regulariser } from '../../src/regularisers/regulariser.js';

export type Shape4 = readonly [number, number, number, number];

/** Numbers without structure, from −span to span. */
export const scattered = (shape: Shape4, span = 100, seed = 1): Float32Array =>
  Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => span * Math.sin((i + 1) * (12.9898 + seed)));

export interface Given {
  readonly gradient?: Float32Array;
  readonly step?: readonly number[];
  /** One for each picture. */
  readonly threshold?: readonly number[];
}

/** What a regulariser makes of a picture; fails when it leaves tensors behind. */
export function applied(regulariser: Regulariser, values: Float32Array, shape: Shape4, given: Given = {}): Float32Array {
  const before = tf.memory().numTensors;
  const [n, , , channels] = shape;
  if (isPointwise(regulariser)) {
    const changed = values.slice();
    regulariser.change(changed, channels, given.step ?? new Array<number>(channels).fill(1));
    return changed;
  }
  let result = new Float32Array();
  // Not returned from the tidy, which would look for tensors among all the numbers.
  tf.tidy(() => {
    const made = regulariser.apply(tf.tensor4d(values, [...shape]), {
      gradient: tf.tensor4d(given.gradient ?? new Float32Array(values.length), [...shape]),
      step: given.step ?? new Array<number>(channels).fill(1),
      threshold: tf.tensor4d([...(given.threshold ?? new Array<number>(n).fill(0))], [n, 1, 1, 1]),
    });
    if (made.shape.join() !== shape.join()) throw new Error(`${made.shape} for a picture of ${shape}`);
    result = Float32Array.from(made.dataSync());
  });
  if (tf.memory().numTensors !== before) throw new Error('a tensor was left behind');
  return result;
}
