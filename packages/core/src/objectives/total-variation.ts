import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import { INPUT, type Objective } from './objective.js';

/**
 * TV_β = Σ ((x_{i,j+1} − x_{ij})² + (x_{i+1,j} − x_{ij})²)^{β/2}, differences at the border being 0 (Mahendran & Vedaldi, 2015).
 * A penalty: subtract it. For β < 2 the gradient is bounded where the picture is flat, as in the authors' code.
 */
export const totalVariation = (beta = 2, layer: LayerName = INPUT): Objective =>
  defineObjective({ name: `tv(${layer}, ${beta})`, layers: [layer], value: (at) => variation(at(layer), beta) });

const SMALLEST = 1e-5;

function variation(activation: Tensor4D, beta: number): Scalar {
  const tv = tf.customGrad((a, save) => {
    const x = a as Tensor4D;
    const right = difference(x, 2);
    const down = difference(x, 1);
    const v = tf.pow(tf.add(tf.square(right), tf.square(down)), beta / 2);
    const factor = tf.pow(tf.maximum(v, SMALLEST), (2 * (beta / 2 - 1)) / beta);
    (save as tf.GradSaveFunc)([tf.mul(right, factor), tf.mul(down, factor)]);
    return {
      value: tf.sum(v),
      gradFunc: (dy, saved) => {
        const [r, d] = saved as Tensor4D[];
        return r && d ? tf.mul(tf.mul(tf.add(divergence(r, 2), divergence(d, 1)), beta), dy) : tf.zerosLike(x);
      },
    };
  });
  return tv(activation) as Scalar;
}

/** x_{i+1} − x_i along an axis, 0 for the last. */
function difference(x: Tensor4D, axis: 1 | 2): Tensor4D {
  const inner = tf.sub(part(x, axis, 1, 0), part(x, axis, 0, 1)) as Tensor4D;
  return padded(inner, axis, 0, 1);
}

/** d_{i−1} − d_i along an axis, the adjoint of `difference`; the last d is 0. */
function divergence(d: Tensor4D, axis: 1 | 2): Tensor4D {
  return tf.sub(padded(part(d, axis, 0, 1), axis, 1, 0), d);
}

function part(x: Tensor4D, axis: 1 | 2, dropFirst: number, dropLast: number): Tensor4D {
  const begin = [0, 0, 0, 0] as [number, number, number, number];
  const size = [...x.shape] as [number, number, number, number];
  begin[axis] = dropFirst;
  size[axis] -= dropFirst + dropLast;
  return tf.slice(x, begin, size);
}

function padded(x: Tensor4D, axis: 1 | 2, before: number, after: number): Tensor4D {
  const pair: [number, number] = [before, after];
  const none: [number, number] = [0, 0];
  return tf.pad(x, axis === 1 ? [none, pair, none, none] : [none, none, pair, none]);
}
