import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atResolution, rasterise, resample } from '../../src/index.js';
import { drawing, stroke } from './strokes.js';

const pattern = Float32Array.from({ length: 48 }, (_, i) => {
  const [y, x] = [Math.floor(i / 8), i % 8];
  return (x + y) % 3 === 0 ? 0 : ((3 * x + 5 * y) % 7) / 6;
});

const SMALL = [
  [0.343432, 0.450625, 0.357193, 0.212232, 0.237945],
  [0.376944, 0.190811, 0.377234, 0.300465, 0.204858],
  [0.442885, 0.126544, 0.463277, 0.326989, 0.317719],
  [0.527885, 0.318929, 0.483848, 0.402734, 0.352965],
];
const THIRD_ROW = [0.401669, 0.28776, 0.168128, 0.326459, 0.386093, 0.313788, 0.24829, 0.209518];

describe('bicubic scaling', () => {
  // BICUBIC of Pillow 12 on the same numbers in mode F, cut to 0 … 1.
  it('gives the numbers of Pillow when it shrinks', () => {
    const small = resample(pattern, [6, 8], [4, 5]);
    SMALL.forEach((row, y) => {
      row.forEach((value, x) => {
        expect(small[y * 5 + x]).toBeCloseTo(Math.min(1, Math.max(0, value)), 5);
      });
    });
  });

  it('gives the numbers of Pillow when it enlarges', () => {
    const large = resample(resample(pattern, [6, 8], [4, 5]), [4, 5], [6, 8]);
    THIRD_ROW.forEach((value, x) => {
      expect(large[2 * 8 + x]).toBeCloseTo(Math.min(1, Math.max(0, value)), 5);
    });
  });

  it('keeps a constant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (h, w, level) => {
          for (const value of resample(new Float32Array(35).fill(level), [5, 7], [h, w])) expect(value).toBeCloseTo(level, 5);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a drawing at a resolution', () => {
  const plane = rasterise(drawing(64, 64, stroke([10, 12], [50, 40], [20, 55])), [64, 64], 2);
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

  it('is the same at its own or a higher one', () => {
    expect(atResolution(plane, [64, 64], 64)).toEqual(plane);
    expect(atResolution(plane, [64, 64], 256)).toEqual(plane);
  });

  it('keeps its size and, but for the undershoot that is cut off, its ink, and is less and less sharp', () => {
    const blurred = [64, 48, 32, 16].map((resolution) => atResolution(plane, [64, 64], resolution));
    const sharpness = blurred.map(squares);
    expect(sharpness).toEqual([...sharpness].sort((a, b) => b - a));
    expect(new Set(sharpness).size).toBe(4);
    for (const each of blurred) {
      expect(each).toHaveLength(64 * 64);
      expect(sum(each) / sum(plane)).toBeGreaterThan(0.98);
      expect(sum(each) / sum(plane)).toBeLessThan(1.15);
    }
  });
});
