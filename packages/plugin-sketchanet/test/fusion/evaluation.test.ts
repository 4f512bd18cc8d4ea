import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByFold, stratifiedFolds, wilsonInterval } from '../../src/fusion/index.js';

describe('wilsonInterval', () => {
  it('gives the published interval of 81 of 263 (Newcombe 1998, table I)', () => {
    const { low, high } = wilsonInterval(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('has ends that solve |p̂ − p| = z √(p(1 − p)/n), within 0 … 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const right = Math.round(share * n);
        const { accuracy, low, high } = wilsonInterval(right, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        for (const p of [low, high]) {
          const reached = Math.abs(accuracy - p) - 1.959963984540054 * Math.sqrt((p * (1 - p)) / n);
          expect(Math.abs(reached) < 1e-9 || p === accuracy).toBe(true);
        }
      }),
    );
  });

  it('refuses what are no counts', () => {
    expect(() => wilsonInterval(3, 2)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Interval: 3 right of 2. Expected whole numbers with 0 ≤ right ≤ n and n ≥ 1.]`,
    );
  });
});

describe('stratifiedFolds', () => {
  it('keeps groups together and gives every fold its share of every class', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        (folds, classes, variants, seed) => {
          const drawings = classes * (folds + 2);
          const groups = Array.from({ length: drawings * variants }, (_, i) => i % drawings);
          const labels = groups.map((group) => group % classes);
          const fold = stratifiedFolds(labels, groups, folds, createRandom(seed));
          for (let group = 0; group < drawings; group++)
            expect(new Set(groups.flatMap((g, i) => (g === group ? [fold[i]] : []))).size).toBe(1);
          for (let label = 0; label < classes; label++) {
            const sizes = Array.from({ length: folds }, (_, f) => labels.filter((own, i) => own === label && fold[i] === f).length);
            expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(variants);
          }
          for (let f = 0; f < folds; f++) {
            const { train, test } = splitByFold(fold, f);
            expect([...train, ...test].sort((a, b) => a - b)).toEqual([...groups.keys()]);
            const trained = new Set([...train].map((place) => groups[place]));
            expect([...test].filter((place) => trained.has(groups[place]))).toEqual([]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('says what does not fit', () => {
    const random = createRandom(0);
    expect(() => stratifiedFolds([0, 1], [5, 5], 2, random)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Folds: group 5 has samples of the classes 0 and 1. Expected one class a group: a drawing and its variants.]`,
    );
    expect(() => stratifiedFolds([0, 0, 0], [1, 2, 2], 3, random)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Folds: class 0 has 2 drawing(s), fewer than the 3 folds. Lower the number of folds, or add drawings.]`,
    );
  });
});
