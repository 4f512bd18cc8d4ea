import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { checkSeed } from '../execution/check-seed.js';
import type { Unit } from '../execution/seed.js';
import { unitMasks } from '../execution/unit-masks.js';
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
    layers: [layer],
    value: (at) => unitSum(layer, at(layer), selected),
    seed: { layer, form: 'sum', units: selected, mean: true },
  });

function unitSum(layer: LayerName, a: Tensor4D, selected: readonly Unit[]): Scalar {
  checkSeed({ layer, form: 'sum', units: selected }, a.shape);
  const [pictures, height, width, depth] = a.shape;
  const { channels, positions, counts } = unitMasks(selected, a.shape);
  const maps = tf.sum(tf.mul(a, tf.tensor4d(channels, [pictures, 1, 1, depth])), 3);
  const chosen = tf.sum(tf.mul(maps, tf.tensor3d(positions, [pictures, height, width])), [1, 2]);
  return tf.sum(tf.div(chosen, tf.tensor1d([...counts]))) as Scalar;
}

/** Units that fit into a name. */
const NAMED = 4;

function shown(selected: readonly Unit[]): string {
  const first = selected.slice(0, NAMED).map(({ channel, at }) => (at ? `${channel} at ${at.join(':')}` : `${channel}`));
  return selected.length > NAMED ? `${first.join(', ')}, … ${selected.length} in all` : first.join(', ');
}
