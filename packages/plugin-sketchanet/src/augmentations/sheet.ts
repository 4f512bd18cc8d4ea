import { contactSheet, type Drawing, type Extent, filledImage, type Image, rasterise } from '@featurescope/core';
import type { Variant } from '../augmentation/augment.js';
import { captioned } from '../picture/captioned.js';
import { paintStrokes } from '../picture/coloured-strokes.js';
import { inkImage } from '../picture/ink.js';

const GHOST = [200, 214, 236] as const;
const REMOVED = [214, 47, 39] as const;
const BLACK = [0, 0, 0] as const;

/** The drawing as it is, with the strokes that are removed in red. */
export function originalPicture(drawing: Drawing, removed: ReadonlySet<number>, size: Extent, penWidth: number): Image {
  const image = filledImage(size, [255, 255, 255]);
  paintStrokes(image, drawing, (i) => (removed.has(i) ? REMOVED : BLACK), penWidth);
  return captioned(image, removed.size > 0 ? `original (−${removed.size})` : 'original');
}

/** A variant in black over the original in pale blue; with noise, the noisy picture alone, as a network gets it. */
export function variantPicture(
  { drawing, flipped, turned }: Variant,
  original: Drawing,
  size: Extent,
  penWidth: number,
  noisy: ((ink: Float32Array) => Float32Array) | undefined,
): Image {
  const caption = [flipped ? 'flip' : '', turned === 0 ? '' : `${turned > 0 ? '+' : '−'}${Math.abs(turned)} deg`].filter(Boolean).join(' ');
  if (noisy) return captioned(inkImage(noisy(rasterise(drawing, size, penWidth)), size), caption);
  const image = filledImage(size, [255, 255, 255]);
  paintStrokes(image, original, () => GHOST, penWidth);
  paintStrokes(image, drawing, () => BLACK, penWidth);
  return captioned(image, caption);
}

export const variantSheet = (pictures: readonly Image[]): Image => contactSheet(pictures, { gap: 4, background: [226, 228, 232] });
