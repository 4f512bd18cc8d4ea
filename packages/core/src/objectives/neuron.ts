import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** a[y, x, c], one position of one channel (Erhan et al., Visualizing higher-layer features of a deep network, 2009). */
export const neuron = (layer: LayerName, y: number, x: number, c: number): Objective =>
  defineObjective({
    name: `neuron(${layer}, ${y}, ${x}, ${c})`,
    seed: { layer, form: 'sum', units: [{ channel: c, at: [y, x] }] },
  });
