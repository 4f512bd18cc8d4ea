import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile } from '../../src/regularisers/percentile.js';

const numbers = fc.float32Array({ minLength: 1, maxLength: 60, noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

/** By sorting. */
function bySorting(values: Float32Array, p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (p / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (rank - Math.floor(rank)) * (high - low);
}

describe('the percentile', () => {
  it('is that of numpy: between two ranks by linear interpolation', () => {
    const values = Float32Array.of(40, 15, 50, 20, 35);
    expect([0, 25, 40, 50, 90, 100].map((p) => percentile(values, p))).toEqual([15, 20, 29, 35, 46, 50]);
  });

  it('is that of the sorted numbers, which stay where they are', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 100, noNaN: true }), (values, p) => {
        const before = values.slice();
        // Adding 0 makes −0, which is equal to 0 but not the same, the same.
        expect(percentile(values, p) + 0).toBe(bySorting(values, p) + 0);
        expect(values).toEqual(before);
      }),
    );
  });

  it('is right with many equal numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 100 }),
        (list, p) => {
          const values = Float32Array.from(list);
          expect(percentile(values, p)).toBe(bySorting(values, p));
        },
      ),
    );
  });

  it('comes to an end with numbers that are not numbers, and is none of nothing', () => {
    expect(percentile(Float32Array.of(1, Number.NaN, 3, Number.NaN, 0), 50)).toEqual(expect.any(Number));
    expect(percentile(new Float32Array(), 50)).toBeNaN();
  });

  it('is found in long rows of equal and of sorted numbers, where a poor pivot would take hours', () => {
    expect(percentile(new Float32Array(2e6), 37.5)).toBe(0);
    expect(
      percentile(
        Float32Array.from({ length: 2_000_001 }, (_, i) => i),
        37.5,
      ),
    ).toBe(750_000);
  });
});
