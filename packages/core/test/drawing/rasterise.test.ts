import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Drawing, rasterise } from '../../src/index.js';
import { anyDrawing, drawing, stroke } from './strokes.js';

const SIZE = [10, 10] as const;
const rounded = (plane: Float32Array, row: number): readonly number[] =>
  [...plane.subarray(row * 10, row * 10 + 10)].map((ink) => Number(ink.toFixed(5)));
const across = (y: number) => drawing(10, 10, stroke([-5, y], [15, y]));

describe('lines along the grid', () => {
  it('ink exactly the rows that the pen covers', () => {
    const plane = rasterise(across(5), SIZE, 2);
    expect([3, 4, 5, 6].map((row) => plane[row * 10 + 4])).toEqual([0, 1, 1, 0]);
  });

  it('share their ink by the part of a pixel that is covered', () => {
    const plane = rasterise(across(5.25), SIZE, 1);
    expect([3, 4, 5, 6].map((row) => plane[row * 10])).toEqual([0, 0.25, 0.75, 0]);
  });

  it('are as pale as they are thin below a pixel', () => {
    const plane = rasterise(across(5.5), SIZE, 0.25);
    expect([4, 5, 6].map((row) => plane[row * 10 + 9])).toEqual([0, 0.25, 0]);
  });

  it('look the same across as down', () => {
    const down = rasterise(drawing(10, 10, stroke([3.3, 2], [3.3, 8])), SIZE, 1.7);
    const wide = rasterise(drawing(10, 10, stroke([2, 3.3], [8, 3.3])), SIZE, 1.7);
    for (let y = 0; y < 10; y++) for (let x = 0; x < 10; x++) expect(down[y * 10 + x]).toBe(wide[x * 10 + y]);
  });
});

describe('the canvas', () => {
  it('is scaled without distortion into the middle', () => {
    const plane = rasterise(drawing(20, 10, stroke([0, 5], [20, 5])), SIZE, 2);
    expect(rounded(plane, 4)).toEqual(Array(10).fill(1));
    expect(rounded(plane, 2)).toEqual(Array(10).fill(0));
  });

  it('moves with its placement', () => {
    const dot = drawing(10, 10, stroke([2.75, 3.75]));
    const plane = rasterise(dot, SIZE, 1, { scale: 2, left: 1, top: -1 });
    expect(plane.indexOf(Math.max(...plane))).toBe(6 * 10 + 6);
  });
});

/** Ink by 16 × 16 samples in each pixel: inside of the pen or not. */
function sampled({ strokes }: Drawing, size: number, radius: number): Float32Array {
  const plane = new Float32Array(size * size);
  const inside = (px: number, py: number): boolean =>
    strokes.some(({ x, y }) =>
      Array.from(x).some((_, i) => {
        const [ax, ay, bx, by] = [x[i] ?? 0, y[i] ?? 0, x[Math.min(i + 1, x.length - 1)] ?? 0, y[Math.min(i + 1, x.length - 1)] ?? 0];
        const squared = (bx - ax) ** 2 + (by - ay) ** 2;
        const t = squared === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / squared));
        return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay)) <= radius;
      }),
    );
  for (let i = 0; i < plane.length; i++)
    for (let s = 0; s < 256; s++)
      if (inside((i % size) + ((s % 16) + 0.5) / 16, Math.floor(i / size) + (Math.floor(s / 16) + 0.5) / 16))
        plane[i] = (plane[i] ?? 0) + 1 / 256;
  return plane;
}

const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

describe('lines in any direction', () => {
  it('have the ink of a pen that is sampled 256 times in each pixel', () => {
    const lines = drawing(24, 24, stroke([3, 4], [18, 9]), stroke([17.2, 13], [7, 20.4]), stroke([20.3, 20.1]));
    const [plane, samples] = [rasterise(lines, [24, 24], 2.5), sampled(lines, 24, 1.25)];
    expect(Math.max(...plane.map((ink, i) => Math.abs(ink - (samples[i] ?? 0))))).toBeLessThan(0.13);
    expect(Math.abs(total(plane) / total(samples) - 1)).toBeLessThan(0.02);
  });

  it('lack little ink where they meet at a sharp angle', () => {
    const corner = drawing(24, 24, stroke([3, 4], [18, 9], [7, 20]));
    expect(Math.abs(total(rasterise(corner, [24, 24], 2.5)) / total(sampled(corner, 24, 1.25)) - 1)).toBeLessThan(0.02);
  });

  it('ink from 0 to 1, the most of what each stroke inks', () => {
    fc.assert(
      fc.property(anyDrawing(), fc.double({ min: 0.2, max: 6, noNaN: true }), (whole, pen) => {
        const plane = rasterise(whole, [40, 40], pen);
        const each = whole.strokes.map((one) => rasterise({ ...whole, strokes: [one] }, [40, 40], pen));
        const most = plane.map((_, i) => Math.max(0, ...each.map((own) => own[i] ?? 0)));
        expect(plane).toEqual(most);
        expect(plane.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('move with the drawing by whole pixels', () => {
    fc.assert(
      fc.property(anyDrawing(3), (whole) => {
        const moved = { ...whole, strokes: whole.strokes.map(({ x, y }) => ({ x: x.map((at) => at + 8), y })) };
        const [still, after] = [rasterise(whole, [40, 40], 1.5), rasterise(moved, [40, 40], 1.5)];
        for (let y = 0; y < 40; y++)
          for (let x = 8; x < 40; x++) expect(after[y * 40 + x]).toBeCloseTo(still[y * 40 + x - 8] ?? Number.NaN, 4);
      }),
      { numRuns: 30 },
    );
  });

  it('give the same bytes again', () => {
    const scribble = drawing(24, 24, stroke([3, 4], [18, 9], [7, 20]));
    expect(rasterise(scribble, [33, 21], 1.3)).toEqual(rasterise(scribble, [33, 21], 1.3));
  });
});
