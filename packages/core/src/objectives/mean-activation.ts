import * as tf from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';
import { perPicture } from './selection.js';

/** Mean of a over all positions and channels of a layer. */
export const meanActivation = (layer: LayerName): Objective =>
  defineObjective({
    name: `mean(${layer})`,
    layers: [layer],
    value: (at) => perPicture(at(layer), tf.mean),
    seed: { layer, form: 'sum', mean: true },
  });
