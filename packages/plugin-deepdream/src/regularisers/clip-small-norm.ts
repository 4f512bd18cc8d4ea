import { clipPixels, type PixelStatistic } from './clip-pixels.js';
import type { Regulariser } from './regulariser.js';

/** Σ_c x² of each pixel, whose order is that of the norm √(Σ_c x²). */
const squaredNorm: PixelStatistic = (picture, _, channels, into) => {
  for (let pixel = 0, i = 0; pixel < into.length; pixel++) {
    let sum = 0;
    for (let c = 0; c < channels; c++, i++) sum += (picture[i] ?? 0) * (picture[i] ?? 0);
    into[pixel] = sum;
  }
};

/** Pixels whose colour norm is below the percentile become 0 (Yosinski et al., 2015, "clipping pixels with small norm"). */
export const clipSmallNorm = (percentile: number): Regulariser => clipPixels('clip-norm', squaredNorm, percentile);
