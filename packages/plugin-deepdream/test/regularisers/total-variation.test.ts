import '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { totalVariation } from '../../src/regularisers/total-variation.js';
import { applied, scattered } from './setting.js';

const shape = [2, 4, 5, 2] as const;
const picture = scattered(shape, 3);

/** TV_β in double precision, straight from its definition. */
function variation(values: ArrayLike<number>, beta: number): number {
  const [batch, height, width, channels] = shape;
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

const derivative = (i: number, beta: number): number => {
  const moved = (by: number): number[] => Array.from(picture, (value, j) => (i === j ? value + by : value));
  return (variation(moved(1e-5), beta) - variation(moved(-1e-5), beta)) / 2e-5;
};

describe('total variation', () => {
  it.each([1, 1.5, 2, 3])('with β = %d steps against its gradient, found by finite differences', (beta) => {
    const changed = applied(totalVariation(0.1, beta), picture, shape, { step: [0.5, 2] });
    changed.forEach((value, i) => {
      const expected = (picture[i] ?? 0) - (i % 2 === 0 ? 0.5 : 2) * 0.1 * derivative(i, beta);
      expect(Math.abs(value - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    });
  });

  it('leaves a flat picture as it is, even where the norm has a kink', () => {
    const flat = new Float32Array(picture.length).fill(7);
    expect(applied(totalVariation(10, 1), flat, shape)).toEqual(flat);
  });
});
