import * as tf from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import { INPUT, type Objective } from './objective.js';

/** Σ |x|^α, α ≥ 1, which keeps values in range (Mahendran & Vedaldi, 2015, α = 6; α = 2 is the L2 penalty of Simonyan et al., 2013). A penalty: subtract it. */
export const alphaNorm = (alpha = 6, layer: LayerName = INPUT): Objective =>
  defineObjective({
    name: `alpha-norm(${layer}, ${alpha})`,
    layers: [layer],
    value: (at) => tf.sum(tf.pow(tf.abs(at(layer)), alpha)),
  });
