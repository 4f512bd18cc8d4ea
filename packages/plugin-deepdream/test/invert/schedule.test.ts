import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleParts } from '../../src/invert/schedule.js';

describe('the schedule', () => {
  it('is that of the authors for 400 iterations, and keeps its proportions for others', () => {
    const schedule = [1, 0.1, 0.01];
    expect(scheduleParts({ schedule, shares: undefined, iterations: 400 })).toEqual([
      { factor: 1, iterations: 100 },
      { factor: 0.1, iterations: 200 },
      { factor: 0.01, iterations: 100 },
    ]);
    expect(scheduleParts({ schedule, shares: undefined, iterations: 10 }).map(({ iterations }) => iterations)).toEqual([3, 5, 2]);
  });

  it('has equal shares for another number of factors, and those that are given', () => {
    const parts = (shares?: number[]) => scheduleParts({ schedule: [1, 0.5], shares, iterations: 12 }).map(({ iterations }) => iterations);
    expect(parts()).toEqual([6, 6]);
    expect(parts([5, 1])).toEqual([10, 2]);
  });

  it('leaves out parts too short for an iteration and gives out every iteration', () => {
    expect(scheduleParts({ schedule: [1, 0.1, 0.01], shares: undefined, iterations: 1 })).toHaveLength(1);
    const factor = fc.double({ min: 0.001, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(factor, factor), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5000 }),
        (pairs, iterations) => {
          const parts = scheduleParts({ schedule: pairs.map(([rate]) => rate), shares: pairs.map(([, share]) => share), iterations });
          expect(parts.reduce((sum, part) => sum + part.iterations, 0)).toBe(iterations);
          expect(parts.every((part) => part.iterations > 0)).toBe(true);
        },
      ),
    );
  });

  it('needs a share for each factor', () => {
    expect(() => scheduleParts({ schedule: [1, 0.1], shares: [1], iterations: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: invert: --shares has 1 numbers and --schedule 2; give one share of the iterations for each factor]`,
    );
  });
});
