import { type Drawing, strokeLength } from '@featurescope/core';
import { canvasUnit } from './canvas-unit.js';

export interface RemovalOptions {
  /** Share of the strokes that go. */
  readonly ratio: number;
  /** Weight of the order o = 1 … n. Default: 0.5. */
  readonly alpha?: number | undefined;
  /** Weight of the length. Default: 2. */
  readonly beta?: number | undefined;
  /** Pixels of a canvas of 800 that count as length 1. Default: 1. */
  readonly lengthUnit?: number | undefined;
}

/** Number of strokes that go: the nearest to the share, but never all. */
export const removalCount = (ratio: number, strokes: number): number => Math.max(0, Math.min(Math.round(ratio * strokes), strokes - 1));

/**
 * Strokes from the first that goes to the last: by falling α·o − β·l, the logarithm of the authors' exp(α·o)/exp(β·l), which is 0 for
 * all long strokes in floating point (Yu et al., IJCV 2017); of equals the later. l is the length of the line through the ends of curves.
 */
export function removalOrder(
  drawing: Drawing,
  { alpha = 0.5, beta = 2, lengthUnit = 1 }: Omit<RemovalOptions, 'ratio'> = {},
): readonly number[] {
  const unit = canvasUnit(drawing) * lengthUnit;
  const ranks = drawing.strokes.map((stroke, i) => alpha * (i + 1) - (beta * strokeLength(stroke, stroke.knots)) / unit);
  return [...ranks.keys()].sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || b - a);
}

/** The strokes that go, by their places from 0. */
export const removedStrokes = (drawing: Drawing, options: RemovalOptions): ReadonlySet<number> =>
  new Set(removalOrder(drawing, options).slice(0, removalCount(options.ratio, drawing.strokes.length)));

/** The drawing without its short and late strokes. */
export function removeStrokes(drawing: Drawing, options: RemovalOptions): Drawing {
  const gone = removedStrokes(drawing, options);
  return { ...drawing, strokes: drawing.strokes.filter((_, i) => !gone.has(i)) };
}
