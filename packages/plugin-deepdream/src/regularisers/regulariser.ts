import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

/** Number of each pixel [N, h, w], from pictures and gradients [N, h, w, C]. */
export type PixelStatistic = (picture: Tensor4D, gradient: Tensor4D) => Tensor3D;

export interface RegulariserInput {
  /** ∂J/∂x of this step, shape of the picture. */
  readonly gradient: Tensor4D;
  /** Step size per channel, in input units. */
  readonly step: readonly number[];
  /** What `threshold` found, one per picture, [N,1,1,1]; 0 when there is none. */
  readonly threshold: Tensor4D;
}

interface Named {
  readonly name: string;
  /** Applied after every n-th iteration. */
  readonly every: number;
}

/** Changes values one by one. */
export interface PointwiseRegulariser extends Named {
  /**
   * Changes values in place, of which each `channels`-th is of the same channel; `step` is the step size per channel, in input units. A plain loop
   * takes less than getting the values in and out of tensors.
   */
  change(values: Float32Array, channels: number, step: readonly number[]): void;
}

/** Changes pixels by what is around them, by the gradient, or by a threshold over the picture. */
export interface TensorRegulariser extends Named {
  /** Rows above and below a piece of the picture on which the result inside depends; 0: pixel by pixel. */
  readonly halo: number;
  /** A threshold over the whole picture that is needed first: the given percentile (0…100) of a statistic over its pixels. */
  readonly threshold?: { readonly statistic: PixelStatistic; readonly percentile: number };
  /** New values of [N, h, w, C]; in a tidy of the caller. At the border of a piece it may be wrong within `halo` rows. */
  apply(picture: Tensor4D, input: RegulariserInput): Tensor4D;
}

/** Changes a picture after a step of ascent. */
export type Regulariser = PointwiseRegulariser | TensorRegulariser;

export const isPointwise = (one: Regulariser): one is PointwiseRegulariser => 'change' in one;
