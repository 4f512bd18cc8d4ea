import type { Extent } from '@featurescope/core';
import { blank, type Canvas } from './canvas.js';
import { resample } from './resample.js';

/**
 * Sizes of the octaves from small to large: each is the next one divided by `scale` and rounded, the last one is `full`
 * (the pyramid of google/deepdream).
 */
export function octaveSizes(full: Extent, octaves: number, scale: number): Extent[] {
  const sizes: Extent[] = [full];
  for (let size = full; sizes.length < octaves; ) {
    size = [Math.round(size[0] / scale), Math.round(size[1] / scale)];
    if (size[0] < 1 || size[1] < 1) break;
    sizes.unshift(size);
  }
  return sizes;
}

/** The base picture at every size, each level made from the next larger one. */
export function pyramid(base: Canvas, sizes: readonly Extent[]): Canvas[] {
  const levels: Canvas[] = [];
  let level = base;
  for (const size of [...sizes].reverse()) {
    level = resample(level, size);
    levels.unshift(level);
  }
  return levels;
}

/** Detail is what dreaming added: the picture minus the base of its octave. It is carried to the next octave by resizing. */
export function carryDetail(picture: Canvas, base: Canvas, nextBase: Canvas): Canvas {
  const detail = blank(picture.shape);
  for (let i = 0; i < detail.data.length; i++) detail.data[i] = (picture.data[i] ?? 0) - (base.data[i] ?? 0);
  const result = resample(detail, [nextBase.shape[1], nextBase.shape[2]]);
  for (let i = 0; i < result.data.length; i++) result.data[i] = (result.data[i] ?? 0) + (nextBase.data[i] ?? 0);
  return result;
}
