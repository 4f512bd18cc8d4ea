import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** ‖a − target‖² / ‖target‖², with the shape of a (Mahendran & Vedaldi, Understanding deep image representations by inverting them, 2015). A loss: subtract it. The target stays the caller's. */
export const featureDistance = (layer: LayerName, target: Tensor4D): Objective =>
  defineObjective({
    name: `distance(${layer})`,
    layers: [layer],
    value: (at) => tf.div(tf.sum(tf.squaredDifference(at(layer), target)), tf.maximum(tf.sum(tf.square(target)), 1e-12)),
  });
