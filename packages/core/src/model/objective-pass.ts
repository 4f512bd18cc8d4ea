import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Activations, SeedFunction } from '../execution/executor.js';
import type { SeedTerm } from '../execution/seed.js';
import type { LayerName } from '../network/layer.js';
import type { Objective, ObjectiveTerm } from '../objectives/objective.js';

/** A term whose layers are those of a network. */
export interface ResolvedTerm {
  readonly term: ObjectiveTerm;
  readonly layers: readonly LayerName[];
}

/** How the terms of an objective are computed: from the input alone, or by a pass through the network. */
export interface ObjectivePlan {
  readonly onInput: readonly ResolvedTerm[];
  readonly onNetwork: readonly ResolvedTerm[];
  /** In the order of `onNetwork`; present when every one of them has a closed form. */
  readonly seeds?: readonly SeedTerm[];
}

/** Sorts the terms of an objective; `resolve` gives the name of a layer in the network. */
export function planObjective(objective: Objective, input: LayerName, resolve: (layer: LayerName) => LayerName): ObjectivePlan {
  const resolved = objective.terms.map((term) => ({ term, layers: term.layers.map(resolve) }));
  const onInput = resolved.filter(({ layers }) => layers.every((layer) => layer === input));
  const onNetwork = resolved.filter(({ layers }) => layers.some((layer) => layer !== input));
  const seeds = onNetwork.flatMap(({ term: { seed, weight } }) => (seed ? [{ ...seed, layer: resolve(seed.layer), weight }] : []));
  return { onInput, onNetwork, ...(seeds.length === onNetwork.length ? { seeds } : {}) };
}

/** Values of terms and the gradient of their weighted sum at each tensor; the caller disposes both. */
export interface TermGradients {
  readonly values: readonly Scalar[];
  readonly gradients: Activations;
}

/** Differentiates terms with respect to activations. */
export function differentiate(terms: readonly ResolvedTerm[], at: Activations, resolve: (layer: LayerName) => LayerName): TermGradients {
  const names = [...at.keys()];
  const values: Scalar[] = [];
  let failure: { readonly error: unknown } | undefined;
  const total = (...tensors: tf.Tensor[]): Scalar => {
    const given = new Map(names.map((name, i) => [name, tensors[i] as Tensor4D]));
    // Every tensor takes part, since tf.grads refuses tensors that the result does not depend on.
    const nothing = tensors.map((tensor) => tf.mul(tf.sum(tensor), 0) as Scalar);
    try {
      const weighted = terms.map(({ term }) => {
        const value = term.value((layer) => activationOf(given, resolve(layer), term));
        values.push(tf.keep(tf.clone(value)));
        return tf.mul(value, term.weight) as Scalar;
      });
      return tf.addN([...weighted, ...nothing]) as Scalar;
    } catch (error) {
      // tf.grads keeps what it has recorded when its function throws, so the error waits until it is through.
      failure = { error };
      return tf.addN(nothing) as Scalar;
    }
  };
  const gradients = tf.grads(total)([...at.values()]);
  if (failure) {
    tf.dispose([...gradients, ...values]);
    throw failure.error;
  }
  return { values, gradients: new Map(names.map((name, i) => [name, gradients[i] as Tensor4D])) };
}

function activationOf(given: Activations, layer: LayerName, term: ObjectiveTerm): Tensor4D {
  const tensor = given.get(layer);
  if (!tensor) throw new Error(`The objective term "${term.name}" reads layer "${layer}" without naming it in its layers.`);
  return tensor;
}

/** A seed function that remembers what it computed. */
export interface RecordingSeed extends SeedFunction {
  values: readonly Scalar[];
  /** Gradient that reaches the input past the network, for terms that read both. */
  inputGradient?: Tensor4D;
}

/** Seeds for terms without a closed form. */
export function seedFunction(
  terms: readonly ResolvedTerm[],
  input: LayerName,
  image: Tensor4D,
  resolve: (layer: LayerName) => LayerName,
): RecordingSeed {
  const names = new Set(terms.flatMap(({ layers }) => layers));
  const readsInput = names.delete(input);
  const recording: RecordingSeed = {
    layers: [...names],
    values: [],
    seed(activations) {
      const at = new Map([...names].flatMap((name) => (activations.get(name) ? [[name, activations.get(name) as Tensor4D] as const] : [])));
      if (readsInput) at.set(input, image);
      const { values, gradients } = differentiate(terms, at, resolve);
      recording.values = values;
      const direct = gradients.get(input);
      if (direct) recording.inputGradient = tf.keep(direct);
      return new Map([...gradients].filter(([name]) => name !== input));
    },
  };
  return recording;
}
