import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';

/** One channel of a layer, or one position of it. */
export interface Unit {
  readonly channel: number;
  /** Row and column; left out: the whole map. */
  readonly at?: readonly [y: number, x: number];
}

/** The scalar that a seed term is for each picture, as a function of the selected activations a. Tensors stay the caller's. */
export type SeedForm =
  /** Σ a */
  | 'sum'
  /** Σ a² */
  | 'squares'
  /** Σ max(a, 0)² */
  | 'positiveSquares'
  /** Σ a · tensor: places `tensor` at the layer as it is. One picture for all of a batch, or one for each. */
  | { readonly dot: Tensor4D }
  /** Σ (a − tensor)², divided by Σ tensor² of the same picture if `relative`. One picture for all of a batch, or one for each. */
  | { readonly distance: Tensor4D; readonly relative?: boolean }
  /**
   * Σ_p max_q ⟨a_p, tensor_q⟩ over positions p of a and q of the tensor, which may have another height and width; the derivative is
   * the column with the largest dot product, the first of equals. One picture for all of a batch, or one for each.
   */
  | { readonly match: Tensor4D }
  /** Σ_p ⟨a_p, direction⟩, one number for each channel */
  | { readonly direction: readonly number[] }
  /** −log softmax(a)[label], for a layer of shape [1, 1, classes] */
  | { readonly crossEntropy: Int32Array };

/**
 * A term of an objective whose derivative with respect to the activation has a closed form, so that an executor
 * can run forward, seed and backward in one go.
 */
export interface SeedTerm {
  readonly layer: LayerName;
  readonly form: SeedForm;
  /** The part of the activation that counts: one unit for all pictures of a batch, or one for each. Left out: everything. Only for `sum`, `squares` and `positiveSquares`. */
  readonly units?: readonly Unit[];
  /** Divides by the number of selected activations (for `sum`, `squares`, `positiveSquares`), or of positions (for `direction`). */
  readonly mean?: boolean;
  /** Factor of the term, in the gradient but not in the reported value. A term of weight 0 is evaluated, but sends no signal down. */
  readonly weight: number;
}
