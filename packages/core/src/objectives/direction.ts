import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** Mean over positions of ⟨a_p, vector⟩, with one number for each channel (Olah, Mordvintsev & Schubert, Feature visualization, 2017). */
export const direction = (layer: LayerName, vector: readonly number[]): Objective =>
  defineObjective({
    name: `direction(${layer})`,
    seed: { layer, form: { direction: vector }, mean: true },
  });
