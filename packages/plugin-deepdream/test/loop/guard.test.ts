import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Canvas } from '../../src/loop/canvas.js';
import { isSaturated, shareAtEnds } from '../../src/loop/guard.js';

const RANGE = { min: [0, -0.1], max: [1, 0.1] };
/** Pixels of two channels. */
const canvas = (...data: number[]): Canvas => ({ shape: [1, 1, data.length / 2, 2], data: Float32Array.from(data) });

describe('the share of values at the ends of a range', () => {
  it('counts what lies at or beyond the end of its channel, in single precision', () => {
    // 0.1 in single precision is larger than 0.1 in double precision, and is still an end.
    expect(shareAtEnds(canvas(0, 0.1, 1, -0.1, 0.5, 0, 2, -7), RANGE)).toBe(6 / 8);
    expect(shareAtEnds(canvas(0.1, 0.05, 0.9, -0.05), RANGE)).toBe(0);
  });
});

describe('a saturated picture', () => {
  it('is told from its share, whichever part of a large picture is at the ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, count, atStart) => {
          const large: Canvas = { shape: [1, 1, 2000, 2], data: new Float32Array(4000).fill(0.05).fill(1, from, from + count) };
          const lost = shareAtEnds(large, RANGE) - atStart;
          expect(isSaturated(large, RANGE, atStart)).toBe(lost > 0.8 * (1 - atStart));
        },
      ),
    );
  });

  const white = (share: number): Canvas => canvas(...Array.from({ length: 200 }, (_, i) => (i < 200 * share ? 1 : 0.05)));
  it('has lost more than 80 % of what was inside at the start', () => {
    expect(isSaturated(white(0.8), RANGE, 0)).toBe(false);
    expect(isSaturated(white(0.81), RANGE, 0)).toBe(true);
  });

  it('is not one that was black and white from the start', () => {
    expect(isSaturated(white(0.9), RANGE, 0.9)).toBe(false);
    expect(isSaturated(white(0.97), RANGE, 0.9)).toBe(false);
    expect(isSaturated(white(0.99), RANGE, 0.9)).toBe(true);
    expect(isSaturated(white(1), RANGE, 1)).toBe(false);
  });
});
