import type { AffineLayer, BatchNormLayer } from '@featurescope/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerRule, Site } from './rule.js';

type BatchNormSite = Pick<Site<BatchNormLayer>, 'layer' | 'weight'>;

const inverseDeviation = ({ layer, weight }: BatchNormSite): Tensor => tf.rsqrt(tf.add(weight('variance'), layer.epsilon));

const overPositions = (x: Tensor): Tensor => tf.sum(x, [0, 1, 2]);

export const batchNorm: LayerRule<BatchNormLayer> = {
  forward(at) {
    const factor = tf.mul(at.weight('scale'), inverseDeviation(at));
    return tf.add(tf.mul(tf.sub(at.inputs[0], at.weight('mean')), factor), at.weight('offset'));
  },
  backward: (at, signal) => [tf.mul(signal, tf.mul(at.weight('scale'), inverseDeviation(at)))],
  weights(at, signal) {
    const normalised = tf.mul(tf.sub(at.inputs[0], at.weight('mean')), inverseDeviation(at));
    return { scale: overPositions(tf.mul(signal, normalised)), offset: overPositions(signal) };
  },
};

export const affine: LayerRule<AffineLayer> = {
  forward: ({ inputs: [x], weight }) => tf.add(tf.mul(x, weight('scale')), weight('offset')),
  backward: ({ weight }, signal) => [tf.mul(signal, weight('scale'))],
  weights: ({ inputs: [x] }, signal) => ({ scale: overPositions(tf.mul(signal, x)), offset: overPositions(signal) }),
};
