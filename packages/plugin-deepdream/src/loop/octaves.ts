import type { Extent } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

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

/** Bilinear resizing of [1, H, W, C]. */
export const resize = (picture: Tensor4D, size: Extent): Tensor4D =>
  picture.shape[1] === size[0] && picture.shape[2] === size[1]
    ? tf.clone(picture)
    : tf.image.resizeBilinear(picture, [size[0], size[1]], false, true);

/** The base picture at every size, each level made from the next larger one. */
export function pyramid(base: Tensor4D, sizes: readonly Extent[]): Tensor4D[] {
  const levels: Tensor4D[] = [];
  let level = base;
  for (const size of [...sizes].reverse()) {
    level = resize(level, size);
    levels.unshift(level);
  }
  return levels;
}

/** Detail is what dreaming added: the picture minus the base of its octave. It is carried to the next octave by resizing. */
export const carryDetail = (picture: Tensor4D, base: Tensor4D, nextBase: Tensor4D): Tensor4D =>
  tf.tidy(() => tf.add(nextBase, resize(tf.sub(picture, base), [nextBase.shape[1], nextBase.shape[2]])));
