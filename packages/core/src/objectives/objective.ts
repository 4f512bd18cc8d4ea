import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import type { SeedTerm } from '../execution/seed.js';
import type { LayerName } from '../network/layer.js';

/** Stands for the network's input, its logits or its probabilities in an objective that is declared before a model exists. */
export const INPUT = '@input';
export const LOGITS = '@logits';
export const PROBABILITIES = '@probabilities';

/** Gives the activation [N, H, W, C] of a layer that the term named. */
export type ActivationReader = (layer: LayerName) => Tensor4D;

/** One summand of an objective. */
export interface ObjectiveTerm {
  /** Unique name in the objective; the name of its metric series. */
  readonly name: string;
  readonly weight: number;
  readonly layers: readonly LayerName[];
  /** The scalar, summed over the batch, in differentiable tensor operations. */
  value(at: ActivationReader): Scalar;
  /** The same term in closed form, when it has one: lets an executor run forward, seed and backward in one go. */
  readonly seed?: Omit<SeedTerm, 'weight'>;
}

/** Activations → scalar, to be maximised over the input. Immutable: the algebra returns new objectives. */
export interface Objective {
  readonly name: string;
  readonly terms: readonly ObjectiveTerm[];
  plus(other: Objective): Objective;
  minus(other: Objective): Objective;
  times(factor: number): Objective;
}
