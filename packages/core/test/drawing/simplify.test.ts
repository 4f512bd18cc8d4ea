import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simplified, strokeLength } from '../../src/index.js';
import { stroke } from './strokes.js';

const place = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }));

describe('simplified strokes', () => {
  it('keep corners and lose what lies on a line', () => {
    expect(simplified(stroke([0, 0], [5, 0.2], [10, 0], [10, 5], [10, 10]), 0.5)).toEqual([0, 2, 4]);
    expect(simplified(stroke([0, 0], [5, 0.2], [10, 0]), 0.1)).toEqual([0, 1, 2]);
    expect(simplified(stroke([3, 3]), 1)).toEqual([0]);
  });

  it('have no point farther than the tolerance from the line between its kept neighbours', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 30 }), fc.double({ min: 0.5, max: 40, noNaN: true }), (points, tolerance) => {
        const kept = simplified(stroke(...points), tolerance);
        expect([kept[0], kept.at(-1)]).toEqual([0, points.length - 1]);
        kept.slice(1).forEach((to, k) => {
          const from = kept[k] ?? 0;
          for (let i = from + 1; i < to; i++) expect(distance(points[i], points[from], points[to])).toBeLessThanOrEqual(tolerance + 1e-9);
        });
      }),
    );
  });
});

/** By trying many places along the line. */
function distance(
  point: readonly [number, number] | undefined,
  a: readonly [number, number] | undefined,
  b: readonly [number, number] | undefined,
) {
  const [p, q, r] = [point ?? [0, 0], a ?? [0, 0], b ?? [0, 0]];
  const tried = Array.from({ length: 2001 }, (_, i) => i / 2000);
  const nearest = Math.min(...tried.map((t) => Math.hypot(p[0] - q[0] - t * (r[0] - q[0]), p[1] - q[1] - t * (r[1] - q[1]))));
  return nearest - Math.hypot(r[0] - q[0], r[1] - q[1]) / 2000;
}

describe('length', () => {
  it('is that of the line through all points, or through some', () => {
    const corner = stroke([0, 0], [3, 4], [3, 10]);
    expect(strokeLength(corner)).toBe(11);
    expect(strokeLength(corner, [0, 2])).toBeCloseTo(Math.hypot(3, 10), 12);
    expect(strokeLength(stroke([1, 1]))).toBe(0);
  });
});
