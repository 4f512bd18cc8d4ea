import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** ⟨a, guide⟩, gradient = guide: follows the activations of another picture (guided dream, Mordvintsev et al., 2015). `guide` has the shape of a, or is one picture for a whole batch; it stays the caller's. */
export const dotProduct = (layer: LayerName, guide: Tensor4D): Objective =>
  defineObjective({
    name: `dot(${layer})`,
    seed: { layer, form: { dot: guide } },
  });
