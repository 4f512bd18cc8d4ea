import type { Extent } from '@featurescope/core';

/** A size times a factor, rounded; each side is at least one pixel. */
export const scaledBy = ([height, width]: Extent, factor: number): Extent => [
  Math.max(1, Math.round(height * factor)),
  Math.max(1, Math.round(width * factor)),
];
