import { closedForm, defineObjective, type LayerName, type Objective, type SeedTerm, type Unit } from '@featurescope/core';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What is placed at a unit. */
export type Signal = 'one' | 'activation';

/** Name of the term whose value for each picture is the activation of its unit, summed over a whole map. */
export const VALUE = 'unit';

const term = (name: string, seed: Omit<SeedTerm, 'weight'>, weight: number): Objective =>
  defineObjective({ name, layers: [seed.layer], weight, seed, value: (at) => tf.sum(closedForm(seed, at(seed.layer)).value) as Scalar });

/**
 * The objective whose derivative is the signal itself, at one unit for all pictures of a batch or one for each: Σ a gives 1, ½ Σ a²
 * gives a (Zeiler & Fergus 2014, section 2.1). The term `unit` reports Σ a in both cases.
 */
export const signalAt = (layer: LayerName, units: readonly Unit[], signal: Signal): Objective =>
  signal === 'one'
    ? term(VALUE, { layer, form: 'sum', units }, 1)
    : term(VALUE, { layer, form: 'sum', units }, 0).plus(term('signal', { layer, form: 'squares', units }, 0.5));

/**
 * 1 at the strongest channel of a layer of one position, found during the pass: ⟨a, e_c⟩ is largest for that channel c, the first of
 * equals. `identity` [1, 1, C, C] holds the e_c.
 */
export const signalAtStrongest = (layer: LayerName, identity: Tensor4D): Objective => term(VALUE, { layer, form: { match: identity } }, 1);
