import type { ClipLayer, Layer, LeakyReluLayer, PlainLayer } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerRule } from './rule.js';

/** An elementwise function and its derivative; `y` is f(x). All of them go down in the same way under a policy. */
function activation<L extends Layer>(
  f: (x: Tensor4D, layer: L) => Tensor4D,
  derivative: (x: Tensor4D, y: Tensor4D, layer: L) => Tensor4D,
): LayerRule<L> {
  return {
    forward: ({ inputs: [x], layer }) => f(x, layer),
    backward({ inputs: [x], output, layer }, signal, { relu }) {
      const passed = relu.rectifySignal ? tf.relu(signal) : signal;
      return [relu.forwardMask ? tf.mul(passed, derivative(x, output, layer)) : passed.clone()];
    },
  };
}

const positive = (x: Tensor4D): Tensor4D => tf.cast(tf.greater(x, 0), 'float32');

export const relu = activation<PlainLayer>((x) => tf.relu(x), positive);

export const leakyRelu = activation<LeakyReluLayer>(
  (x, { slope }) => tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), slope)),
  (x, _y, { slope }) => tf.add(tf.mul(positive(x), 1 - slope), slope),
);

export const clip = activation<ClipLayer>(
  (x, { min, max }) => tf.clipByValue(x, min, max),
  (x, _y, { min, max }) => tf.cast(tf.logicalAnd(tf.greater(x, min), tf.less(x, max)), 'float32'),
);

export const tanh = activation<PlainLayer>(
  (x) => tf.tanh(x),
  (_x, y) => tf.sub(1, tf.square(y)),
);

export const sigmoid = activation<PlainLayer>(
  (x) => tf.sigmoid(x),
  (_x, y) => tf.mul(y, tf.sub(1, y)),
);
