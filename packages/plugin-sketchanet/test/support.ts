import type { Drawing, Stroke } from '@featurescope/core';

export const stroke = (...points: readonly (readonly [x: number, y: number])[]): Stroke => ({
  x: Float64Array.from(points, ([x]) => x),
  y: Float64Array.from(points, ([, y]) => y),
});

/** A drawing on a canvas of 800. */
export const sketch = (...strokes: readonly Stroke[]): Drawing => ({ width: 800, height: 800, strokes });
