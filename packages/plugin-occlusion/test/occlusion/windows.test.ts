import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributionOf, uncovered } from '../../src/occlusion/attribution.js';
import { boxAt, gridShape, positionCount, starts, windowGrid } from '../../src/occlusion/windows.js';

describe('positions of a window', () => {
  it('begin at 0 and every stride, the last pulled back to the border', () => {
    expect(starts(10, 4, 3)).toEqual([0, 3, 6]);
    expect(starts(10, 4, 4)).toEqual([0, 4, 6]);
    expect(starts(10, 3, 8)).toEqual([0, 7]);
    expect(starts(5, 5, 2)).toEqual([0]);
    expect(starts(227, 32, 8)).toHaveLength(26);
  });

  it('count ceil((D − w) / s) + 1, rise, and stay inside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 70 }),
        (length, size, stride) => {
          const window = Math.min(size, length);
          const found = starts(length, window, stride);
          expect(found).toHaveLength(Math.ceil((length - window) / stride) + 1);
          expect(found.at(-1)).toBe(length - window);
          expect(found.every((start, i) => i === 0 || start > (found[i - 1] ?? 0))).toBe(true);
        },
      ),
    );
  });

  it('are numbered row by row on pictures and windows that are not square', () => {
    const grid = windowGrid([5, 9], [2, 4], [2, 3]);
    expect(gridShape(grid)).toEqual([3, 3]);
    expect(boxAt(grid, 5)).toEqual({ top: 2, left: 5, height: 2, width: 4 });
    expect(boxAt(grid, 6)).toEqual({ top: 3, left: 0, height: 2, width: 4 });
  });
});

describe('the attribution', () => {
  it('is the mean of the falls of the windows over a pixel, as worked out by hand', () => {
    // Windows of 1 × 2 at columns 0, 1 and 2 of a row of 4: falls 1, 3 and −2.
    const grid = windowGrid([1, 4], [1, 2], [1, 1]);
    expect(Array.from(attributionOf(grid, 5, [4, 2, 7]))).toEqual([1, 2, 0.5, -2]);
  });

  it('is 0 where a stride larger than the window leaves pixels uncovered', () => {
    // Rows 0–1 and 3–4 of 5, columns 0 and 2 of 3.
    const grid = windowGrid([5, 3], [2, 1], [3, 2]);
    expect(Array.from(attributionOf(grid, 1, [0, 0, 0, -1]))).toEqual([1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 2, 1, 0, 2]);
    expect(uncovered(grid)).toBeCloseTo(7 / 15);
  });

  it('is what its definition says pixel by pixel', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, size, size, size, (height, width, h, w, down, across) => {
        const grid = windowGrid([height, width], [Math.min(h, height), Math.min(w, width)], [down, across]);
        const scores = Array.from({ length: positionCount(grid) }, (_, i) => Math.sin(i));
        const expected = Array.from({ length: height * width }, (_, i) => {
          const [y, x] = [Math.floor(i / width), i % width];
          const over = scores.filter((_, position) => {
            const box = boxAt(grid, position);
            return y >= box.top && y < box.top + box.height && x >= box.left && x < box.left + box.width;
          });
          return over.length === 0 ? 0 : over.reduce((sum, score) => sum + 0.5 - score, 0) / over.length;
        });
        const found = attributionOf(grid, 0.5, scores);
        expected.forEach((value, i) => {
          expect(found[i]).toBeCloseTo(value, 5);
        });
        const bare = expected.filter((_, i) => !coveredBy(grid, Math.floor(i / width), i % width)).length;
        expect(uncovered(grid)).toBeCloseTo(bare / (height * width), 10);
      }),
    );
  });
});

const coveredBy = (grid: ReturnType<typeof windowGrid>, y: number, x: number): boolean =>
  grid.tops.some((top) => top <= y && y < top + grid.window[0]) && grid.lefts.some((left) => left <= x && x < left + grid.window[1]);
