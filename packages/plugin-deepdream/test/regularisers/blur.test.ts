import { describe, expect, it } from 'vitest';
import type { CanvasShape } from '../../src/loop/canvas.js';
import { blur, gaussian } from '../../src/regularisers/blur.js';
import { applied, scattered } from './setting.js';

/** Σ_q w(p − q) x(q) / Σ_q w(p − q) over all pixels q of the picture, w a Gaussian cut off at 3σ along each axis. */
function naive(values: Float32Array, [batch, height, width, channels]: CanvasShape, sigma: number): number[] {
  const radius = Math.ceil(3 * sigma);
  const weight = (d: number): number => (Math.abs(d) > radius ? 0 : Math.exp(-(d ** 2) / (2 * sigma ** 2)));
  return Array.from({ length: batch * height * width * channels }, (_, i) => {
    const [c, x, y] = [i % channels, Math.floor(i / channels) % width, Math.floor(i / (channels * width)) % height];
    const n = Math.floor(i / (channels * width * height));
    let sum = 0;
    let total = 0;
    for (let v = 0; v < height; v++)
      for (let u = 0; u < width; u++) {
        const w = weight(v - y) * weight(u - x);
        sum += w * (values[((n * height + v) * width + u) * channels + c] ?? 0);
        total += w;
      }
    return sum / total;
  });
}

describe('the blur', () => {
  it.each<[number, CanvasShape]>([
    [0.3, [1, 5, 7, 3]],
    [1, [2, 9, 6, 3]],
    [1.7, [1, 12, 5, 1]],
    [2, [1, 3, 20, 6]],
    [5, [1, 4, 1, 2]],
    [3, [1, 1, 9, 3]],
    [100, [1, 3, 5, 1]],
  ])('with σ = %d is a Gaussian mean of the pixels inside a picture of %j', (sigma, shape) => {
    const picture = scattered(shape);
    const expected = naive(picture, shape, sigma);
    applied(blur(sigma, 1), picture, shape).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? 0, 3);
    });
  });

  it('leaves a constant picture as it is', () => {
    const shape = [1, 8, 11, 3] as const;
    const constant = Float32Array.from({ length: 8 * 11 * 3 }, (_, i) => [100, -20, 3][i % 3] ?? 0);
    applied(blur(2.5, 1), constant, shape).forEach((value, i) => {
      expect(value).toBeCloseTo(constant[i] ?? 0, 4);
    });
  });

  it('has a kernel of sum 1 that reaches three standard deviations', () => {
    for (const sigma of [0.2, 1, 3.4]) {
      const [middle = 0, ...side] = gaussian(sigma);
      expect(middle + 2 * side.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(side).toHaveLength(Math.ceil(3 * sigma));
    }
  });
});
