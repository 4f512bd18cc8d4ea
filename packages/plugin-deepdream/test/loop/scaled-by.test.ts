import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scaledBy } from '../../src/loop/scaled-by.js';

it('rounds each side, and leaves none without a pixel', () => {
  expect(scaledBy([20, 30], 0.5)).toEqual([10, 15]);
  expect(scaledBy([3, 100], 0.1)).toEqual([1, 10]);
  const side = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(side, side, fc.double({ min: 0, max: 4, noNaN: true }), (height, width, factor) => {
      for (const [i, length] of scaledBy([height, width], factor).entries()) {
        expect(length).toBeGreaterThanOrEqual(1);
        expect(Math.abs(length - (i === 0 ? height : width) * factor)).toBeLessThanOrEqual(length === 1 ? 1 : 0.5);
      }
    }),
  );
});
