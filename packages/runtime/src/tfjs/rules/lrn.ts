import type { LrnLayer } from '@featurescope/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerRule } from './rule.js';

/** [C, C]: column c has ones in the rows of the neighbours of c, from c − ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉. */
function neighbours(channels: number, size: number): Tensor2D {
  const band = new Float32Array(channels * channels);
  for (let c = 0; c < channels; c++) {
    const last = Math.min(c + Math.ceil((size - 1) / 2), channels - 1);
    for (let i = Math.max(c - Math.floor((size - 1) / 2), 0); i <= last; i++) band[i * channels + c] = 1;
  }
  return tf.tensor2d(band, [channels, channels]);
}

/** Sums over neighbouring channels; transposed, over the channels that a channel is a neighbour of. */
function overNeighbours(x: Tensor4D, { size }: LrnLayer, transposed = false): Tensor4D {
  const channels = x.shape[3];
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, channels]), neighbours(channels, size), false, transposed), x.shape);
}

const divisor = (x: Tensor4D, layer: LrnLayer): Tensor4D =>
  tf.add(tf.mul(overNeighbours(tf.square(x), layer), layer.alpha / layer.size), layer.bias);

export const lrn: LayerRule<LrnLayer> = {
  forward: ({ inputs: [x], layer }) => tf.mul(x, tf.pow(divisor(x, layer), -layer.beta)),
  backward({ inputs: [x], output: y, layer }, signal, policy) {
    if (policy.lrn === 'bypass') return [signal.clone()];
    const d = divisor(x, layer);
    const shared = overNeighbours(tf.div(tf.mul(signal, y), d), layer, true);
    const direct: Tensor4D = tf.mul(signal, tf.pow(d, -layer.beta));
    return [tf.sub(direct, tf.mul(tf.mul(x, shared), (2 * layer.alpha * layer.beta) / layer.size))];
  },
};
