import type { PlainLayer } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerRule } from './rule.js';

/** The part of a signal that belongs to an input which was broadcast over positions. */
const shapedLike = (signal: Tensor4D, input: Tensor4D): Tensor4D => {
  const broadcast = input.shape[1] * input.shape[2] === 1 && signal.shape[1] * signal.shape[2] > 1;
  return broadcast ? tf.sum(signal, [1, 2], true) : signal.clone();
};

const product = (factors: readonly Tensor4D[]): Tensor4D | undefined =>
  factors.reduce<Tensor4D | undefined>((all, factor) => (all ? tf.mul(all, factor) : factor), undefined);

export const concat: LayerRule<PlainLayer> = {
  forward: ({ inputs }) => (inputs.length === 1 ? inputs[0].clone() : tf.concat4d([...inputs], 3)),
  backward: ({ inputs }, signal) =>
    inputs.length === 1
      ? [signal.clone()]
      : tf.split(
          signal,
          inputs.map((input) => input.shape[3]),
          3,
        ),
};

export const add: LayerRule<PlainLayer> = {
  forward: ({ inputs: [first, ...others] }) => others.reduce<Tensor4D>((sum, other) => tf.add(sum, other), first.clone()),
  backward: ({ inputs }, signal) => inputs.map((input) => shapedLike(signal, input)),
};

export const multiply: LayerRule<PlainLayer> = {
  forward: ({ inputs: [first, ...others] }) => others.reduce<Tensor4D>((all, other) => tf.mul(all, other), first.clone()),
  backward: ({ inputs }, signal) =>
    inputs.map((input, i) => {
      const others = product(inputs.filter((_, j) => j !== i));
      return shapedLike(others ? tf.mul(signal, others) : signal, input);
    }),
};
