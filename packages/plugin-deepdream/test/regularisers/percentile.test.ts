import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile } from '../../src/regularisers/percentile.js';

const numbers = fc.float32Array({ minLength: 1, maxLength: 60, noNaN: true, min: 0 }).map((values) => values.map(Math.abs));
const percentages = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }));

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe('the percentile', () => {
  it('is the next number above that of numpy', () => {
    const values = Float32Array.of(40, 15, 50, 20, 35);
    expect([0, 25, 40, 50, 90, 100].map((p) => percentile(values, p))).toEqual([15, 20, 35, 35, 50, 50]);
  });

  it('is that of the sorted numbers, which stay where they are', () => {
    fc.assert(
      fc.property(numbers, percentages, (values, p) => {
        const before = values.slice();
        expect(percentile(values, p)).toBe(ascending(values)[Math.ceil((p * (values.length - 1)) / 100)]);
        expect(values).toEqual(before);
      }),
    );
  });

  it('has as many numbers below it as that of numpy, which lies between two of them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 200 }), percentages, (list, p) => {
        const sorted = ascending(list);
        const rank = (p * (list.length - 1)) / 100;
        const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
        const between = low + Math.max(rank - Math.floor(rank), rank % 1 === 0 ? 0 : 1e-9) * (high - low);
        const below = (threshold: number): number => list.filter((value) => value < threshold).length;
        expect(below(percentile(Float32Array.from(list), p))).toBe(below(between));
      }),
    );
  });

  it('tells the smallest and the largest numbers apart', () => {
    const values = Float32Array.of(Number.POSITIVE_INFINITY, 3e38, 1e-45, 0, 2e-45, 2.9e38);
    expect([0, 20, 40, 60, 80, 100].map((p) => percentile(values, p))).toEqual(ascending(values));
  });

  it('has what is not a number above all others, and is none of nothing', () => {
    const values = Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, -Number.NaN, 0);
    expect([0, 25, 50, 75, 100].map((p) => percentile(values, p))).toEqual([0, 1, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN]);
    expect(percentile(new Float32Array(), 50)).toBeNaN();
  });

  it('is that of a part of an array', () => {
    expect(percentile(Float32Array.of(9, 8, 1, 2, 3, 7).subarray(2, 5), 50)).toBe(2);
  });
});
