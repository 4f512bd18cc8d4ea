import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** Mean of a over all positions and channels of a layer. */
export const meanActivation = (layer: LayerName): Objective =>
  defineObjective({
    name: `mean(${layer})`,
    seed: { layer, form: 'sum', mean: true },
  });
