import type { Extent, Image, ImageCodec } from '@featurescope/core';
import { scaledBy } from './scaled-by.js';

/** Longer side of the pictures kept for the animation, in pixels. */
const FRAME_SIZE = 480;
/** Most pictures of an animation: it is kept in memory and in the saved state. */
const MAX_FRAMES = 60;

/** Whether frame `k` of `total`, counted from 1, belongs in the animation: every n-th so that they are at most 60, and the last one. */
export const isInAnimation = (k: number, total: number): boolean => (total - k) % Math.ceil(total / MAX_FRAMES) === 0;

/** All pictures of an animation have one size: that of the result, at most 480 pixels long. */
export async function animationFrame(codec: ImageCodec, image: Image, result: Extent): Promise<Image> {
  const size = scaledBy(result, Math.min(1, FRAME_SIZE / Math.max(...result)));
  return image.height === size[0] && image.width === size[1] ? image : codec.resize(image, size);
}
