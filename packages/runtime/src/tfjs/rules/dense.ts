import type { DenseLayer, FlattenLayer, FlattenOrder } from '@featurescope/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerRule } from './rule.js';

/** [N, H, W, C] → [N, H·W·C], laid out in this order. */
const flattened = (x: Tensor4D, order: FlattenOrder): Tensor2D =>
  tf.reshape(order === 'chw' && x.shape[1] * x.shape[2] > 1 ? tf.transpose(x, [0, 3, 1, 2]) : x, [x.shape[0], -1]);

/** The inverse of `flattened`, for a map of the shape of `like`. */
function unflattened(flat: Tensor2D, like: Tensor4D, order: FlattenOrder): Tensor4D {
  const [n, h, w, c] = like.shape;
  return order === 'chw' && h * w > 1 ? tf.transpose(tf.reshape(flat, [n, c, h, w]), [0, 2, 3, 1]) : tf.reshape(flat, [n, h, w, c]);
}

const rows = (x: Tensor4D): Tensor2D => tf.reshape(x, [x.shape[0], -1]);

export const dense: LayerRule<DenseLayer> = {
  forward({ inputs: [x], layer, weight }) {
    const sums = tf.matMul(flattened(x, layer.inputOrder), weight('kernel') as Tensor2D);
    return tf.reshape(layer.bias ? tf.add(sums, weight('bias')) : sums, [x.shape[0], 1, 1, layer.units]);
  },
  backward({ inputs: [x], layer, weight }, signal) {
    return [unflattened(tf.matMul(rows(signal), weight('kernel') as Tensor2D, false, true), x, layer.inputOrder)];
  },
  weights({ inputs: [x], layer }, signal) {
    const kernel = tf.matMul(flattened(x, layer.inputOrder), rows(signal), true);
    return layer.bias ? { kernel, bias: tf.sum(signal, [0, 1, 2]) } : { kernel };
  },
};

export const flatten: LayerRule<FlattenLayer> = {
  forward({ inputs: [x], layer }) {
    const flat = flattened(x, layer.order);
    return tf.reshape(flat, [x.shape[0], 1, 1, flat.shape[1]]);
  },
  backward: ({ inputs: [x], layer }, signal) => [unflattened(rows(signal), x, layer.order)],
};
