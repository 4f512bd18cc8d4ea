import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/**
 * Σ_p max_q ⟨a_p, guide_q⟩ over positions p of a and q of the guide, gradient = the guide column with the largest dot product,
 * the first of equals (google/deepdream, 2015). The guide may have another height and width, and is one picture for a whole batch
 * or one for each; it stays the caller's.
 */
export const maxDotProduct = (layer: LayerName, guide: Tensor4D): Objective =>
  defineObjective({
    name: `max-dot(${layer})`,
    seed: { layer, form: { match: guide } },
  });
