import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianBlur } from '../../src/image/gaussian-blur.js';

/** Weighted mean of one channel around a pixel, over all pixels at most `radius` away in both axes: one sum instead of two passes. */
function around(
  values: ArrayLike<number>,
  [height, width, channels]: readonly [number, number, number],
  deviation: number,
  radius: number,
) {
  return (y: number, x: number, c: number): number => {
    let [sum, total] = [0, 0];
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
        const weight = Math.exp(-((v - y) ** 2 + (u - x) ** 2) / (2 * deviation ** 2));
        sum += weight * (values[(v * width + u) * channels + c] ?? 0);
        total += weight;
      }
    return sum / total;
  };
}

describe('Gaussian blur', () => {
  it('is the weighted mean over the pixels around, of each channel by itself', () => {
    const shapes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }));
    const radii = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
    fc.assert(
      fc.property(shapes, fc.double({ min: 0.3, max: 4, noNaN: true }), radii, fc.integer(), (shape, deviation, radius, seed) => {
        const [height, width, channels] = shape;
        const values = Float32Array.from({ length: height * width * channels }, (_, i) => Math.sin(i * 1.3 + seed));
        const expected = around(values, shape, deviation, radius ?? Math.ceil(3 * deviation));
        const found = gaussianBlur(values, shape, deviation, radius);
        for (const [i, value] of found.entries()) {
          const pixel = Math.floor(i / channels);
          expect(value).toBeCloseTo(expected(Math.floor(pixel / width), pixel % width, i % channels), 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('spreads a point with weights that sum to 1', () => {
    const point = new Float32Array(31 * 21);
    point[15 * 21 + 10] = 1;
    const spread = gaussianBlur(point, [31, 21, 1], 2);
    expect(spread.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);
    // exp(−(1² + 2²) / (2 · 2²)) of the middle.
    expect((spread[16 * 21 + 12] ?? 0) / (spread[15 * 21 + 10] ?? 1)).toBeCloseTo(Math.exp(-5 / 8), 5);
  });

  it('leaves a constant as it is, at the border too', () => {
    const constant = new Float32Array(5 * 4 * 2).map((_, i) => (i % 2 ? 3 : -1));
    gaussianBlur(constant, [5, 4, 2], 3).forEach((value, i) => {
      expect(value).toBeCloseTo(i % 2 ? 3 : -1, 5);
    });
  });
});
