import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWeighted, blank } from '../../src/loop/canvas.js';
import { placedTiles, type TilePlan, weightedTiles } from '../../src/loop/tile-plan.js';

const cases = fc.record({
  size: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
  overlap: fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 })),
  full: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
  shift: fc.boolean(),
  jitter: fc.integer({ min: 0, max: 40 }),
  seed: fc.integer(),
});

const planOf = ({ size, overlap, shift }: Pick<TilePlan, 'size' | 'overlap' | 'shift'>): TilePlan => ({
  size,
  overlap: [Math.min(overlap[0], size[0] - 1), Math.min(overlap[1], size[1] - 1)],
  blend: 'ramp',
  shift,
});

describe('the tiles of an iteration', () => {
  it('cover every pixel with weights that add up to 1, wherever the grid and the picture are moved', () => {
    fc.assert(
      fc.property(cases, ({ full, jitter, seed, ...rest }) => {
        const canvas = blank([1, full[0], full[1], 1]);
        for (const { box, rows, columns } of weightedTiles(planOf(rest), full, jitter, createRandom(seed)))
          addWeighted(canvas, box, new Float32Array(box.height * box.width).fill(1), rows, columns);
        for (const value of canvas.data) expect(value).toBe(1);
      }),
    );
  });

  it('are the same with and without weights', () => {
    fc.assert(
      fc.property(cases, ({ full, jitter, seed, ...rest }) => {
        const plan = planOf(rest);
        const weighted = weightedTiles(plan, full, jitter, createRandom(seed));
        expect(weighted.map(({ box }) => box)).toEqual(placedTiles(plan, full, jitter, createRandom(seed)));
      }),
    );
  });

  it('lie still without shift and jitter, and move with either', () => {
    const plan = planOf({ size: [4, 4], overlap: [1, 1], shift: false });
    const random = createRandom(1);
    const draws = (of: TilePlan, jitter: number) =>
      new Set(Array.from({ length: 20 }, () => JSON.stringify(placedTiles(of, [10, 9], jitter, random)))).size;
    expect(draws(plan, 0)).toBe(1);
    expect(placedTiles(plan, [10, 9], 0, random).map(({ top, left }) => [top, left])).toEqual([
      [0, 0],
      [0, 3],
      [0, 5],
      [3, 0],
      [3, 3],
      [3, 5],
      [6, 0],
      [6, 3],
      [6, 5],
    ]);
    expect(draws({ ...plan, shift: true }, 0)).toBeGreaterThan(4);
    expect(draws(plan, 3)).toBeGreaterThan(9);
  });
});
