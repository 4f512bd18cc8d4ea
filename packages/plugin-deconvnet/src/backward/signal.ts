import { defineObjective, type LayerName, type Objective, type Unit } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What is placed at a unit. */
export type Signal = 'one' | 'activation';

/** Name of the term whose value for each picture is the activation of its unit, summed over a whole map. */
export const VALUE = 'unit';

/**
 * The objective whose derivative is the signal itself, at one unit for all pictures of a batch or one for each: Σ a gives 1, ½ Σ a²
 * gives a (Zeiler & Fergus 2014, section 2.1). The term `unit` reports Σ a in both cases.
 */
export const signalAt = (layer: LayerName, units: readonly Unit[], signal: Signal): Objective =>
  signal === 'one'
    ? defineObjective({ name: VALUE, seed: { layer, form: 'sum', units } })
    : defineObjective({ name: VALUE, weight: 0, seed: { layer, form: 'sum', units } }).plus(
        defineObjective({ name: 'signal', weight: 0.5, seed: { layer, form: 'squares', units } }),
      );

/** The channels e_c as columns, [1, 1, C, C]; the caller disposes it. */
export const oneHots = (channels: number): Tensor4D => tf.tidy(() => tf.reshape(tf.eye(channels), [1, 1, channels, channels]));

/**
 * 1 at the strongest channel of a layer of one position, found during the pass: ⟨a, e_c⟩ is largest for that channel c, the first of
 * equals. `columns` are the `oneHots` of the layer.
 */
export const signalAtStrongest = (layer: LayerName, columns: Tensor4D): Objective =>
  defineObjective({ name: VALUE, seed: { layer, form: { match: columns } } });
