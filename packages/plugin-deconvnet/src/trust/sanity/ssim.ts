import { type Extent, gaussianBlur } from '@featurescope/core';

const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;
const DEVIATION = 1.5;
const RADIUS = 5;

/**
 * Mean structural similarity of two maps [H, W] with values from 0 to 1, from −1 to 1 (Wang et al. 2004, equations 13 and 17): a Gaussian window of
 * 11×11 with deviation 1.5, of which at the border only what lies inside counts.
 */
export function structuralSimilarity(a: Float32Array, b: Float32Array, [height, width]: Extent): number {
  const smooth = (values: ArrayLike<number>): Float32Array => gaussianBlur(values, [height, width, 1], DEVIATION, RADIUS);
  const [meanA, meanB] = [smooth(a), smooth(b)];
  const [squareA, squareB, product] = [smooth(times(a, a)), smooth(times(b, b)), smooth(times(a, b))];
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const covariance = (product[i] ?? 0) - x * y;
    const variances = (squareA[i] ?? 0) - x * x + (squareB[i] ?? 0) - y * y;
    sum += ((2 * x * y + C1) * (2 * covariance + C2)) / ((x * x + y * y + C1) * (variances + C2));
  }
  return sum / a.length;
}

const times = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value * (b[i] ?? 0));
