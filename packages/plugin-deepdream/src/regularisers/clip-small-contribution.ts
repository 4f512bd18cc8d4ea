import { clipPixels, type PixelStatistic } from './clip-pixels.js';
import { dotProducts } from './dot-products.js';
import type { Regulariser } from './regulariser.js';

/** |Σ_c x · ∂J/∂x| of each pixel: to first order, what J loses or gains when the pixel becomes 0. */
const contribution: PixelStatistic = dotProducts;

/** Pixels whose contribution is below the percentile become 0 (Yosinski et al., 2015, "clipping pixels with small contribution"). */
export const clipSmallContribution = (percentile: number): Regulariser => clipPixels('clip-contribution', contribution, percentile);
