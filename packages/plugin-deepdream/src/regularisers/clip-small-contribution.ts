import { clipPixels, type PixelStatistic } from './clip-pixels.js';
import type { Regulariser } from './regulariser.js';

/** |Σ_c x · ∂J/∂x| of each pixel: to first order, what J loses or gains when the pixel becomes 0. */
const contribution: PixelStatistic = (picture, gradient, channels, into) => {
  for (let pixel = 0, i = 0; pixel < into.length; pixel++) {
    let sum = 0;
    for (let c = 0; c < channels; c++, i++) sum += (picture[i] ?? 0) * (gradient[i] ?? 0);
    into[pixel] = Math.abs(sum);
  }
};

/** Pixels whose contribution is below the percentile become 0 (Yosinski et al., 2015, "clipping pixels with small contribution"). */
export const clipSmallContribution = (percentile: number): Regulariser => clipPixels('clip-contribution', contribution, percentile);
