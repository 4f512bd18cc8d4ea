import { countTopK, crossEntropy, isTopK } from '@featurescope/core';
import { describe, expect, it } from 'vitest';

describe('isTopK', () => {
  const scores = [3, 1, 2, 0];

  it('holds when fewer than k scores are greater than the label’s', () => {
    expect([1, 2, 3, 4].map((k) => isTopK(scores, 2, k))).toEqual([false, true, true, true]);
  });

  it('counts a tie as right', () => {
    expect(isTopK([5, 5, 5], 2, 1)).toBe(true);
    expect(isTopK([6, 5, 5, 5], 3, 1)).toBe(false);
    expect(isTopK([6, 5, 5, 5], 3, 2)).toBe(true);
  });

  it('is never right for a score that is not a number', () => {
    expect(isTopK([Number.NaN, Number.NaN], 0, 1)).toBe(false);
  });

  it('counts over rows', () => {
    expect(countTopK(Float32Array.of(1, 2, 2, 1, 0, 0), [0, 0, 1], 1)).toBe(2);
  });
});

describe('crossEntropy', () => {
  it('is −log softmax', () => {
    expect(crossEntropy([Math.log(1), Math.log(3)], 0)).toBeCloseTo(Math.log(4), 12);
  });

  it('does not overflow', () => {
    expect(crossEntropy([1000, 0], 1)).toBeCloseTo(1000, 6);
  });
});
