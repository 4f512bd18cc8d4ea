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

/** Changes a picture after a step of ascent. */
export interface Regulariser {
  readonly name: string;
  /** Rows above and below a piece of the picture on which the result inside depends; 0: pixel by pixel. */
  readonly halo: number;
  /** Applied after every n-th iteration. */
  readonly every: number;
  /** A threshold over the whole picture that is needed first: the given percentile (0…100) of a statistic over its pixels. */
  readonly threshold?: { readonly statistic: PixelStatistic; readonly percentile: number };
  /** New values of [N, h, w, C]; in a tidy of the caller. At the border of a piece it may be wrong within `halo` rows. */
  apply(picture: Tensor4D, input: RegulariserInput): Tensor4D;
}
