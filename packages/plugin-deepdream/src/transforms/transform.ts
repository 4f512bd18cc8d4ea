import type { Random } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** Random change of a picture before each pass, so that an optimum does not hang on single pixels. Same size out for every draw. */
export interface Transform {
  readonly name: string;
  /** Draws the random part; the result is differentiable, pictures of a batch share the draw. */
  draw(random: Random): (picture: Tensor4D) => Tensor4D;
}
