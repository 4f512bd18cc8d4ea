import type { Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { clipPixels } from './clip-pixels.js';
import type { PixelStatistic, TensorRegulariser } from './regulariser.js';

/** |Σ_c x · ∂J/∂x| of each pixel: to first order, what J loses or gains when the pixel becomes 0. */
export const contribution: PixelStatistic = (picture, gradient) => tf.abs(tf.sum<Tensor3D>(tf.mul(picture, gradient), 3));

/** Pixels whose contribution is below the percentile become 0 (Yosinski et al., 2015, "clipping pixels with small contribution"). */
export const clipSmallContribution = (percentile: number): TensorRegulariser => clipPixels('clip-contribution', contribution, percentile);
