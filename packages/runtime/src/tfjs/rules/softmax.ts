import type { PlainLayer } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerRule } from './rule.js';

/** Over channels. */
export const softmax: LayerRule<PlainLayer> = {
  forward: ({ inputs: [x] }) => tf.softmax(x, 3),
  backward: ({ output }, signal) => [tf.mul(output, tf.sub(signal, tf.sum(tf.mul(output, signal), 3, true)))],
};
