import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';

/** One channel of a layer, or one position of it. */
export interface Unit {
  readonly channel: number;
  /** Row and column; left out: the whole map. */
  readonly at?: readonly [y: number, x: number];
}

/** The scalar that a seed term is, as a function of the selected activations a. */
export type SeedForm =
  /** Σ a */
  | 'sum'
  /** Σ a² */
  | 'squares'
  /** Σ max(a, 0)² */
  | 'positiveSquares'
  /** Σ a · tensor: places `tensor` at the layer as it is */
  | { readonly dot: Tensor4D }
  /** −log softmax(a)[label], for a layer of shape [1, 1, classes] */
  | { readonly crossEntropy: Int32Array };

/**
 * A term of an objective whose derivative with respect to the activation has a closed form, so that an executor
 * can run forward, seed and backward in one go.
 */
export interface SeedTerm {
  readonly layer: LayerName;
  readonly form: SeedForm;
  /** The part of the activation that counts: one unit for all pictures of a batch, or one for each. Left out: everything. Not combined with `dot` or `crossEntropy`. */
  readonly units?: readonly Unit[];
  /** Divides by the number of selected activations (for `sum`, `squares`, `positiveSquares`). */
  readonly mean?: boolean;
  /** Factor of the term, in the gradient but not in the reported value. */
  readonly weight: number;
}
