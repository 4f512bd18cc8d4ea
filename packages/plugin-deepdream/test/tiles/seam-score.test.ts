import { describe, expect, it } from 'vitest';
import { grid } from './grid.js';
import { seamScore } from './seam-score.js';

const picture = (height: number, width: number, channels: number, value: (y: number, x: number, c: number) => number): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, i) =>
    value(Math.floor(i / (width * channels)), Math.floor(i / channels) % width, i % channels),
  );

const shape = [12, 18, 2] as const;
const tiles = grid([12, 18], [6, 6], [0, 0]);

describe('the seam score', () => {
  it('is 1 for a slope, which is equally steep on and off the borders', () => {
    expect(
      seamScore(
        picture(...shape, (y, x) => y + x),
        shape,
        tiles,
      ),
    ).toBe(1);
  });

  it('weighs steps at borders of rows and columns against the rest', () => {
    // Steps of 3 across the border between rows 5 and 6 (18 pixels of the 18 + 2 · 12 on a border), slope 1 along columns elsewhere.
    const stepped = picture(...shape, (y) => y + (y >= 6 ? 2 : 0));
    const acrossBorders = (18 * 3 + 24 * 0) / (18 + 24);
    const elsewhere = (18 * 10 * 1 + 12 * 15 * 0) / (18 * 10 + 12 * 15);
    expect(seamScore(stepped, shape, tiles)).toBeCloseTo(acrossBorders / elsewhere, 12);
  });

  it('counts where overlapping tiles end as well as where they begin', () => {
    const overlapping = grid([1, 16], [1, 10], [0, 4]);
    const stepped = picture(1, 16, 1, (_, x) => (x >= 10 ? 1 : 0));
    expect(seamScore(stepped, [1, 16, 1], overlapping)).toBe(Number.POSITIVE_INFINITY);
    const between = picture(1, 16, 1, (_, x) => (x >= 8 ? 1 : 0));
    expect(seamScore(between, [1, 16, 1], overlapping)).toBe(0);
  });

  it('is 1 where nothing can be compared', () => {
    expect(seamScore(new Float32Array(12 * 18 * 2), shape, tiles)).toBe(1);
    expect(
      seamScore(
        picture(...shape, (y) => y),
        shape,
        grid([12, 18], [20, 20], [0, 0]),
      ),
    ).toBe(1);
  });
});
