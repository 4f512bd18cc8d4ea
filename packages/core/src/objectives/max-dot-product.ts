import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { bestMatches } from '../execution/best-match.js';
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
    layers: [layer],
    value: (at) => matchedSum(at(layer), guide),
    seed: { layer, form: { match: guide } },
  });

function matchedSum(activation: Tensor4D, guide: Tensor4D): Scalar {
  const match = tf.customGrad((a, save) => {
    const x = a as Tensor4D;
    const matched = bestMatches(x, guide);
    (save as tf.GradSaveFunc)([matched]);
    return {
      value: tf.sum(tf.mul(x, matched)),
      gradFunc: (dy, saved) => tf.mul((saved as tf.Tensor[])[0] as Tensor4D, dy),
    };
  });
  return match(activation) as Scalar;
}
