import type { ConstantLayer, DropoutLayer, PadLayer, PlainLayer } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { constantIsNotRun } from '../../errors.js';
import { padOrCrop } from '../../maths/spacing.js';
import type { LayerRule } from './rule.js';

export const identity: LayerRule<PlainLayer> = {
  forward: ({ inputs: [x] }) => x.clone(),
  backward: (_at, signal) => [signal.clone()],
};

export const dropout: LayerRule<DropoutLayer> = {
  forward: ({ inputs: [x], factors }) => (factors ? tf.mul(x, factors) : x.clone()),
  backward: ({ factors }, signal) => [factors ? tf.mul(signal, factors) : signal.clone()],
};

export const pad: LayerRule<PadLayer> = {
  forward: ({ inputs: [x], layer }) => padOrCrop(x, layer.padding, layer.value),
  backward({ layer: { padding } }, signal) {
    return [padOrCrop(signal, { top: -padding.top, left: -padding.left, bottom: -padding.bottom, right: -padding.right })];
  },
};

export const constant: LayerRule<ConstantLayer> = {
  forward({ layer }) {
    throw constantIsNotRun(layer.name);
  },
  backward: () => [],
};
