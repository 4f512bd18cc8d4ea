import type { Shape } from '@featurescope/core';
import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { census, type FirstLayer } from '../../src/ablation/census.js';
import { filterSheet } from '../../src/ablation/sheets.js';
import { highFrequencyShare } from '../../src/ablation/spectrum.js';
import { meanOf } from '../../src/ablation/statistics.js';

describe('meanOf', () => {
  it('gives the interval of Student’s t', () => {
    expect(meanOf([])).toBeUndefined();
    expect(meanOf([4])).toEqual({ mean: 4, count: 1 });
    // s = 1 and n = 3: t = 4.3027 with 2 degrees of freedom.
    const { mean, half } = meanOf([1, 2, 3]) ?? {};
    expect(mean).toBe(2);
    expect(half).toBeCloseTo(4.3027 / Math.sqrt(3), 6);
    expect(meanOf([5, 5, 5, 5])?.half).toBe(0);
    // s² = 30 values ±1 around 0: 30/29; t = 2.0452 with 29 degrees of freedom.
    expect(meanOf(Array.from({ length: 30 }, (_, i) => (i % 2 ? 1 : -1)))?.half).toBeCloseTo(2.0452 * Math.sqrt(30 / 29 / 30), 6);
  });
});

/** The same share from sums over a fine grid of frequencies, by the trapezoidal rule. */
function shareByTransform(values: ArrayLike<number>, [height, width, channels]: Shape, steps = 96): number {
  let [low, total] = [0, 0];
  for (let c = 0; c < channels; c++)
    for (let a = -steps; a <= steps; a++)
      for (let b = -steps; b <= steps; b++) {
        const [v, u] = [a / (2 * steps), b / (2 * steps)];
        let [re, im] = [0, 0];
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const w = values[(y * width + x) * channels + c] ?? 0;
            re += w * Math.cos(2 * Math.PI * (v * y + u * x));
            im += w * Math.sin(2 * Math.PI * (v * y + u * x));
          }
        const energy = re * re + im * im;
        const half = (at: number, edge: number) => (Math.abs(at) === edge ? 0.5 : 1);
        total += energy * half(a, steps) * half(b, steps);
        const edge = steps / 2;
        if (Math.abs(a) <= edge && Math.abs(b) <= edge) low += energy * half(a, edge) * half(b, edge);
      }
  return 1 - low / total;
}

describe('highFrequencyShare', () => {
  it('agrees with the Fourier transform', () => {
    const random = createRandom(5);
    for (const shape of [
      [3, 3, 3],
      [5, 4, 1],
      [7, 7, 2],
    ] as const) {
      const values = random.fillNormal(new Float32Array(shape[0] * shape[1] * shape[2]), 0.3, 1);
      expect(highFrequencyShare(values, shape)).toBeCloseTo(shareByTransform(values, shape), 3);
    }
  });

  it('is near 0 for a blob, near 1 for a checkerboard, ¾ for a point, and 0 for nothing', () => {
    const square = (of: (y: number, x: number) => number) => Float32Array.from({ length: 144 }, (_, i) => of(Math.floor(i / 12), i % 12));
    const blob = square((y, x) => Math.exp(-((y - 5.5) ** 2 + (x - 5.5) ** 2) / 8));
    expect(highFrequencyShare(blob, [12, 12, 1])).toBeLessThan(1e-3);
    expect(
      highFrequencyShare(
        square((y, x) => (-1) ** (y + x)),
        [12, 12, 1],
      ),
    ).toBeGreaterThan(0.99);
    expect(
      highFrequencyShare(
        square((_, x) => (-1) ** x),
        [12, 12, 1],
      ),
    ).toBeGreaterThan(0.95);
    expect(highFrequencyShare(Float32Array.of(0, 0, 0, 0, 3, 0, 0, 0, 0), [3, 3, 1])).toBeCloseTo(0.75, 12);
    expect(highFrequencyShare(new Float32Array(9), [3, 3, 1])).toBe(0);
  });

  it('lies between 0 and 1 and does not depend on scale, sign or channel order', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 18, maxLength: 18 }), (values) => {
        const share = highFrequencyShare(values, [3, 3, 2]);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        const swapped = values.map((_, i) => -2 * (values[i % 2 === 0 ? i + 1 : i - 1] ?? 0));
        expect(highFrequencyShare(swapped, [3, 3, 2])).toBeCloseTo(share, 9);
      }),
    ));
});

/** Filters of 4×4×1 values, one after the other, with their strongest responses. */
function layerOf(filters: readonly { readonly values: readonly number[]; readonly strongest: number }[]): FirstLayer {
  const count = filters.length;
  const kernel = Float32Array.from({ length: 16 * count }, (_, i) => filters[i % count]?.values[Math.floor(i / count)] ?? 0);
  return { layer: 'conv1', shape: [4, 4, 1], filters: count, kernel, strongest: Float32Array.from(filters, ({ strongest }) => strongest) };
}

const smooth = Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? -1 : 1));
const checkers = Array.from({ length: 16 }, (_, i) => (-1) ** (i + Math.floor(i / 4)));

describe('census', () => {
  const layer = layerOf([
    { values: smooth, strongest: 2 },
    { values: checkers, strongest: 1 },
    { values: smooth, strongest: 0 },
    { values: smooth.map((value) => value / 1000), strongest: 0.1 },
    { values: checkers.map(() => 0), strongest: 0 },
    { values: checkers, strongest: 0 },
  ]);

  it('finds silent, vanishing and aliased filters', () => {
    const states = census(layer, { deadBelow: 0.02, aliasedAbove: 0.75 });
    const flags = states.map(({ silent, vanishing, aliased }) => [silent, vanishing, aliased]);
    expect(flags).toEqual([
      [false, false, false],
      [false, false, true],
      [true, false, false],
      [false, true, false],
      [true, true, false],
      [true, false, false],
    ]);
  });

  it('moves with its thresholds', () => {
    const [first, second, , fourth] = census(layer, { deadBelow: 1e-4, aliasedAbove: 0.999 });
    expect([first?.aliased, second?.aliased, fourth?.vanishing]).toEqual([false, false, false]);
  });

  it('frames dead filters red and aliased ones yellow', () => {
    const image = filterSheet(layer, { deadBelow: 0.02, aliasedAbove: 0.75 });
    const frames = [0, 1, 2].map((f) => {
      // Cells of 48 pixels with frames of 3, gaps of 2 and 3 columns; the sheet begins with a gap.
      const at = (2 * image.width + 2 + f * (54 + 2)) * 3;
      return Array.from(image.data.subarray(at, at + 3));
    });
    expect(frames).toEqual([
      [24, 24, 27],
      [240, 180, 40],
      [200, 40, 40],
    ]);
  });
});
