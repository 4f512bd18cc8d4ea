import type { Unit } from '../execution/seed.js';
import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/**
 * Σ_n a_n at the n-th unit: each picture of a batch is optimised for a unit of its own, the mean over positions of a channel or one
 * position of it (`channel` and `neuron`, side by side). One unit alone is that of every picture.
 */
export const units = (layer: LayerName, selected: readonly Unit[]): Objective =>
  defineObjective({
    name: `units(${layer}, ${shown(selected)})`,
    seed: { layer, form: 'sum', units: selected, mean: true },
  });

/** Units that fit into a name. */
const NAMED = 4;

function shown(selected: readonly Unit[]): string {
  const first = selected.slice(0, NAMED).map(({ channel, at }) => (at ? `${channel} at ${at.join(':')}` : `${channel}`));
  return selected.length > NAMED ? `${first.join(', ')}, … ${selected.length} in all` : first.join(', ');
}
