import type { Scalar, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { closedForm } from '../execution/closed-form.js';
import type { Activations, SeedFunction } from '../execution/executor.js';
import type { SeedTerm } from '../execution/seed.js';
import type { LayerName } from '../network/layer.js';
import type { Objective, ObjectiveTerm } from '../objectives/objective.js';

/** A term whose layers are those of a network. */
export interface ResolvedTerm {
  readonly term: ObjectiveTerm;
  readonly layers: readonly LayerName[];
  /** Its closed form, when it has one. */
  readonly seed?: SeedTerm;
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
  const resolved = objective.terms.map((term): ResolvedTerm => {
    const { seed, weight } = term;
    const layers = [...new Set(term.layers.map(resolve))];
    return { term, layers, ...(seed && { seed: { ...seed, layer: resolve(seed.layer), weight } }) };
  });
  const onInput = resolved.filter(({ layers }) => layers.every((layer) => layer === input));
  const onNetwork = resolved.filter(({ layers }) => layers.some((layer) => layer !== input));
  const seeds = onNetwork.flatMap(({ seed }) => (seed ? [seed] : []));
  return { onInput, onNetwork, ...(seeds.length === onNetwork.length ? { seeds } : {}) };
}

/** What a term comes to without its weight: [N], one number for each picture, where it has a closed form; else a scalar for the batch. */
export type TermTensor = Tensor1D | Scalar;

/** Values of terms, and the gradient of their weighted sum at each layer that a term with a weight reads; the caller disposes both. */
export interface TermGradients {
  readonly values: readonly TermTensor[];
  readonly gradients: Activations;
}

interface Part {
  readonly value: TermTensor;
  /** Gradient of the term with its weight, by layer. */
  readonly gradients: readonly (readonly [LayerName, Tensor4D])[];
}

/** Differentiates terms with respect to activations: by their closed forms, else as tensor operations. */
export function differentiate(terms: readonly ResolvedTerm[], at: Activations, resolve: (layer: LayerName) => LayerName): TermGradients {
  const { values, gradients } = tf.tidy(() => {
    const parts = terms.map((resolved) => partOf(resolved, at, resolve));
    const sums = new Map<LayerName, Tensor4D>();
    for (const [layer, gradient] of parts.flatMap((part) => part.gradients)) {
      const present = sums.get(layer);
      sums.set(layer, present ? tf.add(present, gradient) : gradient);
    }
    return { values: parts.map(({ value }) => value), gradients: [...sums].map(([layer, gradient]) => ({ layer, gradient })) };
  });
  return { values, gradients: new Map(gradients.map(({ layer, gradient }) => [layer, gradient])) };
}

function partOf({ term, layers, seed }: ResolvedTerm, at: Activations, resolve: (layer: LayerName) => LayerName): Part {
  if (seed) {
    const { value, derivative } = closedForm(seed, activationOf(at, seed.layer, term));
    return { value, gradients: seed.weight === 0 ? [] : [[seed.layer, tf.mul(derivative(), seed.weight)]] };
  }
  const given = layers.map((layer) => activationOf(at, layer, term));
  const evaluate = (tensors: readonly Tensor4D[]): Scalar => {
    const readable = new Map(layers.map((layer, i) => [layer, tensors[i] as Tensor4D]));
    return term.value((layer) => activationOf(readable, resolve(layer), term));
  };
  if (term.weight === 0 || layers.length === 0) return { value: tf.clone(evaluate(given)), gradients: [] };
  const { value, gradients } = valueAndGradients(evaluate, given);
  return { value, gradients: layers.map((layer, i) => [layer, tf.mul(gradients[i] as Tensor4D, term.weight)]) };
}

function valueAndGradients(
  evaluate: (tensors: readonly Tensor4D[]) => Scalar,
  at: readonly Tensor4D[],
): { readonly value: Scalar; readonly gradients: readonly Tensor4D[] } {
  let failure: { readonly error: unknown } | undefined;
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
    // Every tensor takes part, since tf.valueAndGrads refuses tensors that the result does not depend on.
    const nothing = tensors.map((tensor) => tf.mul(tf.sum(tensor), 0) as Scalar);
    try {
      return tf.addN([evaluate(tensors as Tensor4D[]), ...nothing]) as Scalar;
    } catch (error) {
      // It keeps what it has recorded when its function throws, so the error waits until it is through.
      failure = { error };
      return tf.addN(nothing) as Scalar;
    }
  })([...at]);
  if (failure) throw failure.error;
  return { value: value as Scalar, gradients: grads as Tensor4D[] };
}

function activationOf(given: Activations, layer: LayerName, term: ObjectiveTerm): Tensor4D {
  const tensor = given.get(layer);
  if (!tensor) throw new Error(`The objective term "${term.name}" reads layer "${layer}" without naming it in its layers.`);
  return tensor;
}

/** A seed function that remembers what it computed. */
export interface RecordingSeed extends SeedFunction {
  values: readonly TermTensor[];
  /** Gradient that reaches the input past the network, for terms that read both. */
  inputGradient?: Tensor4D;
}

/** Seeds for terms of which some have no closed form. */
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
