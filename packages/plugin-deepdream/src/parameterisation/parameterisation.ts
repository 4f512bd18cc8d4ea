import type { Random } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** What is optimised, and the picture it stands for. */
export interface Parameterisation {
  readonly name: 'pixel' | 'fourier';
  /** Shape of the parameters, rank 4. */
  readonly shape: readonly [number, number, number, number];
  /** First parameters of one picture, drawn from `random`. */
  start(random: Random): Float32Array;
  /** Parameters → pictures [N, H, W, C] in the network's input units, by differentiable operations. */
  picture(parameters: Tensor4D): Tensor4D;
  /** Frees the constants that `picture` uses. */
  dispose(): void;
}

/** Batch, height, width and channels of the pictures. */
export type PictureShape = readonly [pictures: number, height: number, width: number, channels: number];
