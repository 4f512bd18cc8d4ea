import { describe, expect, it } from 'vitest';
import { countRight, meanAccuracy, overFolds } from '../../src/transfer/accuracy.js';

describe('meanAccuracy', () => {
  it('is the mean of the accuracies of the classes, not of the pictures', () => {
    // Class 0: 3 of 4 right, class 1: 0 of 1, class 2: 1 of 2: (75 + 0 + 50) / 3, while 4 of 7 pictures are right.
    const labels = [0, 0, 0, 0, 1, 2, 2];
    const counts = countRight([0, 0, 0, 1, 2, 2, 0], labels, 3);
    expect(counts).toEqual({ right: [3, 0, 1], tested: [4, 1, 2] });
    expect(meanAccuracy(counts)).toBeCloseTo(125 / 3, 10);
  });

  it('leaves out classes without test pictures', () => {
    expect(meanAccuracy({ right: [1, 0], tested: [2, 0] })).toBe(50);
  });
});

describe('overFolds', () => {
  it('gives mean and standard deviation of the sample', () => {
    // (−3² + 1² + 2²) / 2 = 7
    expect(overFolds([80, 84, 85])).toEqual({ mean: 83, deviation: Math.sqrt(7) });
  });

  it('has no deviation for one fold', () => {
    expect(overFolds([80])).toEqual({ mean: 80 });
  });
});
