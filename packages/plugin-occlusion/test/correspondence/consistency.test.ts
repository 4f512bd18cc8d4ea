import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyOf, hamming, pairDistances, signsOf, toleranceOf } from '../../src/correspondence/consistency.js';

const sign = fc.constantFrom(-1, 0, 1);
const vectors = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.array(fc.array(sign, { minLength: n, maxLength: n }), { minLength: 2, maxLength: 5 }));

describe('consistency', () => {
  it('is the mean over pairs of the share of signs that differ, zero differing from both', () => {
    const signs = [Int8Array.of(1, 0, -1, 0), Int8Array.of(1, 1, -1, -1), Int8Array.of(0, 0, 0, 0)];
    // 2 of 4, 2 of 4 and 4 of 4 places differ: mean 2/3, variance (1/36 + 1/36 + 1/9) / 3 = 1/18.
    expect(pairDistances(signs)).toEqual([0.5, 0.5, 1]);
    const { mean, deviation, pairs } = consistencyOf(pairDistances(signs));
    expect(mean).toBeCloseTo(2 / 3, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(1 / 18), 12);
    expect(pairs).toBe(6);
  });

  it('is the mean over ordered pairs by the definition', () => {
    fc.assert(
      fc.property(vectors, (all) => {
        const distances: number[] = [];
        for (const [i, a] of all.entries())
          for (const [j, b] of all.entries()) if (i !== j) distances.push(a.filter((value, k) => value !== b[k]).length / a.length);
        const mean = distances.reduce((x, y) => x + y, 0) / distances.length;
        const variance = distances.reduce((x, y) => x + (y - mean) ** 2, 0) / distances.length;
        const found = consistencyOf(pairDistances(all.map((one) => Int8Array.from(one))));
        expect(found.mean).toBeCloseTo(mean, 10);
        expect(found.deviation).toBeCloseTo(Math.sqrt(variance), 10);
        expect(found.pairs).toBe(distances.length);
      }),
    );
  });

  it('of independent signs is what chance gives', () => {
    const random = createRandom('signs');
    const draw = (values: readonly number[]) => Int8Array.from({ length: 20_000 }, () => values[random.integer(0, values.length - 1)] ?? 0);
    expect(hamming(draw([-1, 1]), draw([-1, 1]))).toBeCloseTo(1 / 2, 1);
    expect(hamming(draw([-1, 0, 1]), draw([-1, 0, 1]))).toBeCloseTo(2 / 3, 1);
  });
});

describe('signs', () => {
  it('are those of original minus occluded, and 0 for what rounding makes', () => {
    const original = Float32Array.of(100, 0, 3, -2, 50);
    const occluded = Float32Array.of(99, 0, 4, -2, 50.0002);
    expect([...signsOf(original, occluded, 0)]).toEqual([1, 0, -1, 0, -1]);
    expect(toleranceOf(original)).toBeCloseTo(1e-3, 9);
    expect([...signsOf(original, occluded, toleranceOf(original))]).toEqual([1, 0, -1, 0, 0]);
  });
});
