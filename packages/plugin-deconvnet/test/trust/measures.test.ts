import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranks, spearman } from '../../src/trust/sanity/spearman.js';
import { structuralSimilarity } from '../../src/trust/sanity/ssim.js';

const correlation = (a: readonly number[], b: readonly number[]): number =>
  spearman(ranks(Float32Array.from(a)), ranks(Float32Array.from(b)));

const numbers = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), { minLength: 2, maxLength: 30 });

describe('rank correlation', () => {
  it('gives equal values the mean of their ranks', () => {
    expect([...ranks(Float32Array.of(20, 10, 30, 20))]).toEqual([2.5, 1, 4, 2.5]);
    expect([...ranks(Float32Array.of(0, -0, -1))]).toEqual([2.5, 2.5, 1]);
  });

  it('is what other software finds', () => {
    // scipy.stats.spearmanr, also in its documentation.
    expect(correlation([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12);
  });

  it('without ties is 1 − 6 Σ d² / (n (n² − 1))', () => {
    const order = fc.integer({ min: 2, max: 20 }).chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n }));
    fc.assert(
      fc.property(order, (a) => {
        const n = a.length;
        const squares = a.reduce((sum, rank, i) => sum + (rank - i) ** 2, 0);
        expect(correlation([...a.keys()], a)).toBeCloseTo(1 - (6 * squares) / (n * (n * n - 1)), 10);
      }),
    );
  });

  it('is 1 with itself, symmetrical, and blind to rising functions', () => {
    fc.assert(
      fc.property(numbers, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        expect(correlation(a, a)).toBe(1);
        expect(correlation(a, b)).toBeCloseTo(correlation(b, a), 12);
        expect(
          correlation(
            a.map((x) => x ** 3 + 5),
            b,
          ),
        ).toBeCloseTo(correlation(a, b), 12);
      }),
    );
  });

  it('is 0 where one does not vary, and 1 where neither does', () => {
    expect(correlation([1, 1, 1], [1, 2, 3])).toBe(0);
    expect(correlation([1, 1, 1], [2, 2, 2])).toBe(1);
  });
});

const HEIGHT = 7;
const WIDTH = 9;
const first = Float32Array.from({ length: HEIGHT * WIDTH }, (_, i) => 0.5 + 0.5 * Math.sin(i * 1.3));
const second = Float32Array.from({ length: HEIGHT * WIDTH }, (_, i) => 0.5 + 0.4 * Math.cos(i * i));

/** Weighted mean around a pixel over all others at most `radius` away in both axes. */
function around(values: ArrayLike<number>, y: number, x: number, deviation: number, radius: number): number {
  let [sum, total] = [0, 0];
  for (let v = 0; v < HEIGHT; v++)
    for (let u = 0; u < WIDTH; u++) {
      if (Math.abs(v - y) > radius || Math.abs(u - x) > radius) continue;
      const weight = Math.exp(-((v - y) ** 2 + (u - x) ** 2) / (2 * deviation ** 2));
      sum += weight * (values[v * WIDTH + u] ?? 0);
      total += weight;
    }
  return sum / total;
}

const places = Array.from({ length: HEIGHT * WIDTH }, (_, i) => [Math.floor(i / WIDTH), i % WIDTH] as const);

describe('structural similarity', () => {
  it('agrees with its formula, window by window', () => {
    const at = (values: ArrayLike<number>) => places.map(([y, x]) => around(values, y, x, 1.5, 5));
    const product = (a: Float32Array, b: Float32Array) => Float64Array.from(a, (value, i) => value * (b[i] ?? 0));
    const [meanA, meanB] = [at(first), at(second)];
    const [aa, bb, ab] = [at(product(first, first)), at(product(second, second)), at(product(first, second))];
    const expected = places.map((_, i) => {
      const [x = 0, y = 0, xx = 0, yy = 0, xy = 0] = [meanA[i], meanB[i], aa[i], bb[i], ab[i]];
      return ((2 * x * y + 1e-4) * (2 * (xy - x * y) + 9e-4)) / ((x * x + y * y + 1e-4) * (xx - x * x + (yy - y * y) + 9e-4));
    });
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    expect(structuralSimilarity(first, second, [HEIGHT, WIDTH])).toBeCloseTo(mean, 4);
    expect(mean).toBeLessThan(0.5);
    expect(structuralSimilarity(first, first, [HEIGHT, WIDTH])).toBeCloseTo(1, 6);
  });
});
