import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dotProducts } from '../../src/regularisers/dot-products.js';

it('sums each pixel by itself, for colours and any other number of channels', () => {
  const value = fc.integer({ min: -100, max: 100 });
  const channels = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(channels, fc.array(fc.tuple(value, value), { minLength: 5, maxLength: 60 }), (count, pairs) => {
      const pixels = Math.floor(pairs.length / count);
      const used = pairs.slice(0, pixels * count);
      const into = new Float32Array(pixels);
      dotProducts(
        Float32Array.from(used, ([a]) => a),
        Float32Array.from(used, ([, b]) => b),
        count,
        into,
      );
      const expected = Array.from(into, (_, pixel) =>
        Math.abs(used.slice(pixel * count, (pixel + 1) * count).reduce((sum, [a, b]) => sum + a * b, 0)),
      );
      expect([...into]).toEqual(expected);
    }),
  );
});
