import * as tf from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** −1/N Σ_{i≠j} cos(G_i, G_j) with the Gram matrices G = AᵀA of the pictures of a batch: the more they differ the higher (Olah et al., Feature visualization, 2017). */
export const diversity = (layer: LayerName): Objective =>
  defineObjective({
    name: `diversity(${layer})`,
    layers: [layer],
    value: (at) => {
      const a = at(layer);
      const [n, , , channels] = a.shape;
      const columns = tf.reshape(a, [n, -1, channels]);
      const grams = tf.reshape(tf.matMul(columns, columns, true, false), [n, channels * channels]);
      const norms = tf.sqrt(tf.add(tf.sum(tf.square(grams), 1, true), 1e-12));
      const unit = tf.div(grams, norms);
      const similarity = tf.matMul(unit, unit, false, true);
      return tf.neg(tf.div(tf.sum(tf.mul(similarity, tf.sub(1, tf.eye(n)))), n));
    },
  });
