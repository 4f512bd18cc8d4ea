import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/**
 * ‖a − target‖² / ‖target‖² of each picture, gradient 2(a − target) / ‖target‖² (Mahendran & Vedaldi, Understanding deep image
 * representations by inverting them, 2015). A loss: subtract it. The target has the shape of a, or is one picture for a whole
 * batch; it stays the caller's.
 */
export const featureDistance = (layer: LayerName, target: Tensor4D): Objective =>
  defineObjective({
    name: `distance(${layer})`,
    seed: { layer, form: { distance: target, relative: true } },
  });
