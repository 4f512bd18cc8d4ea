import { clipPixels, type PixelStatistic } from './clip-pixels.js';
import { dotProducts } from './dot-products.js';
import type { Regulariser } from './regulariser.js';

/** Σ_c x² of each pixel, whose order is that of the norm √(Σ_c x²). */
const squaredNorm: PixelStatistic = (picture, _, channels, into) => dotProducts(picture, picture, channels, into);

/** Pixels whose colour norm is below the percentile become 0 (Yosinski et al., 2015, "clipping pixels with small norm"). */
export const clipSmallNorm = (percentile: number): Regulariser => clipPixels('clip-norm', squaredNorm, percentile);
