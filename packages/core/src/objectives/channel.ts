import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** Mean over positions of a[y, x, c] (Erhan et al., Visualizing higher-layer features, 2009; mean as in Olah et al., Feature visualization, 2017). */
export const channel = (layer: LayerName, c: number): Objective =>
  defineObjective({
    name: `channel(${layer}, ${c})`,
    seed: { layer, form: 'sum', units: [{ channel: c }], mean: true },
  });
