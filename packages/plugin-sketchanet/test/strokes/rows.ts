import type { Drawing } from '@featurescope/core';
import { stroke } from '../support.js';

export const SIDE = 8;

/** Strokes that fill rows of a picture of eight by eight pixels with full ink, drawn by a pen of one pixel. */
export const rows = (...of: readonly number[]): Drawing => ({
  width: SIDE,
  height: SIDE,
  strokes: of.map((row) => stroke([0, row + 0.5], [SIDE, row + 0.5])),
});
