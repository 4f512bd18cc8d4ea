import { describe, expect, it } from 'vitest';
import { census } from '../../src/filters/census.js';

const filters = (...values: readonly (readonly number[])[]) =>
  values.map((numbers, i) => ({ index: 10 + i, values: Float32Array.from(numbers) }));

describe('the census of filters', () => {
  it('finds the dead and the double', () => {
    const found = census(filters([3, 4], [0, 0], [6, 8], [0.04, 0], [-3, -4], [3, 4.1], [4, -3]), 0.01, 0.99);
    expect(found.map(({ norm }) => norm)).toEqual([5, 0, 10, expect.closeTo(0.04), 5, expect.closeTo(Math.hypot(3, 4.1)), 5]);
    // Below a hundredth of 10; the opposite of a filter is another one.
    expect(found.map(({ dead }) => dead)).toEqual([false, true, false, true, false, false, false]);
    expect(found.map(({ duplicateOf }) => duplicateOf)).toEqual([undefined, undefined, 10, undefined, undefined, 10, undefined]);
    expect(found.map(({ likeness }) => likeness)).toEqual([
      expect.closeTo(1),
      0,
      expect.closeTo(1),
      0,
      expect.closeTo(0),
      expect.closeTo(0.9999, 3),
      expect.closeTo(0, 1),
    ]);
  });

  it('calls a network of zeros dead, and a filter alone like no other', () => {
    expect(census(filters([0, 0], [0, 0]), 0, 0.95).map(({ dead }) => dead)).toEqual([true, true]);
    expect(census(filters([1, 2]), 0.02, 0.95)).toEqual([{ norm: Math.sqrt(5), dead: false, likeness: 0 }]);
  });
});
