import * as tf from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** Mean over positions of ⟨a_p, vector⟩, with one number for each channel (Olah, Mordvintsev & Schubert, Feature visualization, 2017). */
export const direction = (layer: LayerName, vector: readonly number[]): Objective =>
  defineObjective({
    name: `direction(${layer})`,
    layers: [layer],
    value: (at) => tf.sum(tf.mul(tf.mean(at(layer), [1, 2]), tf.tensor1d([...vector]))),
    seed: { layer, form: { direction: vector }, mean: true },
  });
