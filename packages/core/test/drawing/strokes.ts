import fc from 'fast-check';
import type { Drawing, Stroke } from '../../src/index.js';

export const stroke = (...points: readonly (readonly [x: number, y: number])[]): Stroke => ({
  x: Float64Array.from(points, ([x]) => x),
  y: Float64Array.from(points, ([, y]) => y),
});

export const drawing = (width: number, height: number, ...strokes: readonly Stroke[]): Drawing => ({ width, height, strokes });

const place = fc.double({ min: -5, max: 45, noNaN: true });

/** Drawings on a canvas of 40 × 40, some of whose points lie outside. */
export const anyDrawing = (most = 8): fc.Arbitrary<Drawing> =>
  fc
    .array(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: most })
    .map((strokes) => drawing(40, 40, ...strokes.map((points) => stroke(...points))));
