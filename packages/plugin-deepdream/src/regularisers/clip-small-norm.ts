import type { Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { clipPixels } from './clip-pixels.js';
import type { PixelStatistic, TensorRegulariser } from './regulariser.js';

/** √(Σ_c x²) of each pixel. */
export const colourNorm: PixelStatistic = (picture) => tf.sqrt(tf.sum<Tensor3D>(tf.square(picture), 3));

/** Pixels whose colour norm is below the percentile become 0 (Yosinski et al., 2015, "clipping pixels with small norm"). */
export const clipSmallNorm = (percentile: number): TensorRegulariser => clipPixels('clip-norm', colourNorm, percentile);
