import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Canvas } from '../../src/loop/canvas.js';
import { carryDetail, octaveSizes, pyramid } from '../../src/loop/octaves.js';

describe('octaveSizes', () => {
  it('divides and rounds from large to small', () => {
    expect(octaveSizes([224, 320], 4, 1.4)).toEqual([
      [81, 117],
      [114, 164],
      [160, 229],
      [224, 320],
    ]);
  });

  it('ends with the full size and never shrinks to nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 12 }), (h, w, n) => {
        const sizes = octaveSizes([h, w], n, 1.7);
        expect(sizes.at(-1)).toEqual([h, w]);
        expect(sizes.length).toBeLessThanOrEqual(n);
        for (const [height, width] of sizes) expect(Math.min(height, width)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('detail', () => {
  const canvas = (f: (i: number) => number): Canvas => ({
    shape: [1, 5, 7, 3],
    data: Float32Array.from({ length: 5 * 7 * 3 }, (_, i) => f(i)),
  });

  it('is carried exactly where the size stays the same, and vanishes where nothing was added', () => {
    const [base, next] = [canvas(Math.sin), canvas((i) => i)];
    const carried = carryDetail(
      canvas((i) => Math.sin(i) + Math.cos(i)),
      base,
      next,
    );
    carried.data.forEach((value, i) => void expect(value).toBeCloseTo(Math.cos(i) + i, 4));
    expect(carryDetail(base, base, next)).toEqual(next);
    expect([...base.data]).toEqual([...canvas(Math.sin).data]);
  });

  it('of a constant picture stays constant in every level of the pyramid', () => {
    const base: Canvas = { shape: [1, 23, 31, 3], data: new Float32Array(23 * 31 * 3).fill(0.25) };
    const levels = pyramid(base, octaveSizes([23, 31], 3, 1.4));
    expect(levels.map(({ shape }) => shape)).toEqual([
      [1, 11, 16, 3],
      [1, 16, 22, 3],
      [1, 23, 31, 3],
    ]);
    for (const level of levels) for (const value of level.data) expect(value).toBeCloseTo(0.25, 6);
  });
});
