import type { Extent } from '../network/layer.js';

/**
 * A picture [H, W] as it looks at a lower resolution: scaled down until its shorter side has `resolution` pixels, and up again, by
 * bicubic interpolation, anti-aliased when shrinking; the scales of Sketch-a-Net (Yu et al., BMVC 2015). Values are kept within 0 … 1, as
 * in 8-bit pictures. At its own resolution or above a picture stays what it is.
 */
export function atResolution(plane: Float32Array, size: Extent, resolution: number): Float32Array {
  const shorter = Math.min(size[0], size[1]);
  if (resolution >= shorter) return plane.slice();
  const small: Extent = [scaled(size[0], resolution / shorter), scaled(size[1], resolution / shorter)];
  return resample(resample(plane, size, small), small, size);
}

const scaled = (length: number, factor: number): number => Math.max(1, Math.round(length * factor));

/** A picture [H, W] at another size: bicubic (a = −½), widened when shrinking; values are kept within 0 … 1. */
export function resample(plane: Float32Array, from: Extent, to: Extent): Float32Array {
  const result = resampledDown(resampledAcross(plane, from, to[1]), [from[0], to[1]], to[0]);
  for (let i = 0; i < result.length; i++) result[i] = Math.min(1, Math.max(0, result[i] ?? 0));
  return result;
}

/** Keys's cubic convolution kernel with a = −½ (1981), 0 from a distance of 2 on. */
function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

/** For one output position: the first input position, and the weights from there on, which add up to 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Pixel centres lie at half-integers; where the kernel leaves the picture, the weights inside count for all. */
function tapsFor(from: number, to: number): readonly Taps[] {
  const ratio = from / to;
  const stretch = Math.max(1, ratio);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * ratio;
    const first = Math.max(0, Math.floor(centre - 2 * stretch));
    const end = Math.min(from, Math.ceil(centre + 2 * stretch));
    const weights = Float64Array.from({ length: end - first }, (_, k) => cubic((first + k + 0.5 - centre) / stretch));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
}

/** At another width. Lines without ink stay empty. */
function resampledAcross(plane: Float32Array, [height, width]: Extent, to: number): Float32Array {
  const taps = tapsFor(width, to);
  const result = new Float32Array(height * to);
  for (let line = 0; line < height; line++) {
    const values = plane.subarray(line * width, (line + 1) * width);
    if (isEmpty(values)) continue;
    for (let i = 0; i < to; i++) {
      const { first, weights } = taps[i] ?? NO_TAPS;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (values[first + k] ?? 0);
      result[line * to + i] = sum;
    }
  }
  return result;
}

/** At another height. Lines without ink add nothing. */
function resampledDown(plane: Float32Array, [height, width]: Extent, to: number): Float32Array {
  const taps = tapsFor(height, to);
  const empty = Array.from({ length: height }, (_, line) => isEmpty(plane.subarray(line * width, (line + 1) * width)));
  const result = new Float32Array(to * width);
  for (let i = 0; i < to; i++) {
    const { first, weights } = taps[i] ?? NO_TAPS;
    for (let k = 0; k < weights.length; k++) {
      const [weight, from, into] = [weights[k] ?? 0, (first + k) * width, i * width];
      if (empty[first + k]) continue;
      for (let x = 0; x < width; x++) result[into + x] = (result[into + x] ?? 0) + weight * (plane[from + x] ?? 0);
    }
  }
  return result;
}

const NO_TAPS: Taps = { first: 0, weights: new Float64Array() };

const isEmpty = (line: Float32Array): boolean => {
  for (let i = 0; i < line.length; i++) if (line[i] !== 0) return false;
  return true;
};
