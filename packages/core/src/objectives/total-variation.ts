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

/** [N, H, W · C]: neighbours of a row are C apart. Slices of three axes are several times as fast as of four. */
type Rows = tf.Tensor3D;

function variation(activation: Tensor4D, beta: number): Scalar {
  const tv = tf.customGrad((a, save) => {
    const x = a as Tensor4D;
    const [n, height, width, channels] = x.shape;
    const rows: Rows = tf.reshape(x, [n, height, width * channels]);
    const right = difference(rows, 2, channels);
    const down = difference(rows, 1, 1);
    const squares = tf.add(tf.square(right), tf.square(down));
    const v = beta === 2 ? squares : tf.pow(squares, beta / 2);
    const weighted = (d: Rows): Rows => (beta === 2 ? d : tf.mul(d, tf.pow(tf.maximum(v, SMALLEST), (2 * (beta / 2 - 1)) / beta)));
    (save as tf.GradSaveFunc)([weighted(right), weighted(down)]);
    return {
      value: tf.sum(v),
      gradFunc: (dy, saved) => {
        const [r, d] = saved as Rows[];
        if (!r || !d) return tf.zerosLike(x);
        const gradient = tf.mul(tf.add(divergence(r, 2, channels), divergence(d, 1, 1)), tf.mul(dy, beta));
        return tf.reshape<tf.Rank.R4>(gradient, x.shape);
      },
    };
  });
  return tv(activation) as Scalar;
}

/** x_{i+by} − x_i along an axis, 0 for the last. */
const difference = (x: Rows, axis: 1 | 2, by: number): Rows =>
  padded(tf.sub(part(x, axis, by, 0), part(x, axis, 0, by)) as Rows, axis, 0, by);

/** d_{i−by} − d_i along an axis, the adjoint of `difference`; the last d is 0. */
const divergence = (d: Rows, axis: 1 | 2, by: number): Rows => tf.sub(padded(part(d, axis, 0, by), axis, by, 0), d);

function part(x: Rows, axis: 1 | 2, dropFirst: number, dropLast: number): Rows {
  const begin = [0, 0, 0] as [number, number, number];
  const size = [...x.shape] as [number, number, number];
  begin[axis] = dropFirst;
  size[axis] -= dropFirst + dropLast;
  return tf.slice(x, begin, size);
}

function padded(x: Rows, axis: 1 | 2, before: number, after: number): Rows {
  const pair: [number, number] = [before, after];
  const none: [number, number] = [0, 0];
  return tf.pad(x, axis === 1 ? [none, pair, none] : [none, none, pair]);
}
