import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanvasShape } from '../../src/loop/canvas.js';
import { totalVariation } from '../../src/regularisers/total-variation.js';
import { applied, scattered } from './setting.js';

const shape = [2, 4, 5, 2] as const;

/** TV_β in double precision, straight from its definition. */
function variation(values: ArrayLike<number>, [batch, height, width, channels]: CanvasShape, beta: number): number {
  const at = (n: number, y: number, x: number, c: number): number => values[((n * height + y) * width + x) * channels + c] ?? 0;
  let sum = 0;
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) {
          const right = x + 1 < width ? at(n, y, x + 1, c) - at(n, y, x, c) : 0;
          const down = y + 1 < height ? at(n, y + 1, x, c) - at(n, y, x, c) : 0;
          sum += (right ** 2 + down ** 2) ** (beta / 2);
        }
  return sum;
}

describe('total variation', () => {
  it.each([
    ...[0.5, 1, 1.3, 1.5, 2, 2.5, 3, 3.3, 4].map((beta) => [beta, shape] as const),
    [1.5, [1, 1, 6, 3]],
    [2, [1, 1, 6, 3]],
    [1.5, [1, 6, 1, 1]],
    [2, [1, 6, 1, 1]],
  ] as const)('with β = %d steps against its gradient, found by finite differences, on %j', (beta, shape) => {
    const picture = scattered(shape, 3);
    const step = [0.5, 2, 1].slice(0, shape[3]);
    const changed = applied(totalVariation(0.1, beta), picture, shape, { step });
    changed.forEach((value, i) => {
      const moved = (by: number): number =>
        variation(
          Array.from(picture, (one, j) => (i === j ? one + by : one)),
          shape,
          beta,
        );
      const expected = (picture[i] ?? 0) - ((step[i % shape[3]] ?? 0) * 0.1 * (moved(1e-5) - moved(-1e-5))) / 2e-5;
      expect(Math.abs(value - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    });
  });

  it('keeps the mean of each channel', () => {
    const mean = (values: Float32Array, c: number): number =>
      values.reduce((sum, value, i) => (i % 2 === c ? sum + value : sum), 0) / (values.length / 2);
    fc.assert(
      fc.property(
        fc.constantFrom(0.7, 1, 2, 2.2),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (beta, height, width) => {
          const size = [1, height, width, 2] as const;
          const picture = scattered(size, 3);
          const changed = applied(totalVariation(0.05, beta), picture, size);
          for (const c of [0, 1]) expect(mean(changed, c)).toBeCloseTo(mean(picture, c), 4);
        },
      ),
    );
  });

  it.each([1e-3, 0.1, 1, 1.7])('with β = %d leaves a flat picture as it is, even where the norm has a kink', (beta) => {
    const flat = scattered(shape).fill(7);
    expect(applied(totalVariation(10, beta), flat, shape)).toEqual(flat);
  });
});
