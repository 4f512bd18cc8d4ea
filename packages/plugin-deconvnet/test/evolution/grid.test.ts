import { filledImage, type Image } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { evolutionGrid } from '../../src/evolution/grid.js';

const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const cell = { projection: filledImage([20, 20], RED), patch: filledImage([20, 20], GREEN) };

/** Columns and rows of the pixels of a colour. */
function extentOf({ width, data }: Image, [r, g, b]: readonly [number, number, number]) {
  const at: number[] = [];
  for (let i = 0; i < data.length; i += 3) if (data[i] === r && data[i + 1] === g && data[i + 2] === b) at.push(i / 3);
  const [xs, ys] = [at.map((i) => i % width), at.map((i) => Math.floor(i / width))];
  return { count: at.length, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

describe('the grid', () => {
  const row = { unit: 7, cells: [cell, undefined, cell], changed: [false, true, false] };
  const grid = evolutionGrid(['epoch 1', 'epoch 2', 'a long name of a checkpoint'], [row, { ...row, unit: 123 }]);

  it('shows every cell whole, projections left of patches', () => {
    const [projections, patches] = [extentOf(grid, RED), extentOf(grid, GREEN)];
    expect(projections.count).toBe(4 * 400);
    expect(patches.count).toBe(4 * 400);
    expect(projections.right).toBeLessThan(patches.left);
    expect([projections.top, projections.bottom]).toEqual([patches.top, patches.bottom]);
    expect(projections.right - projections.left).toBe(patches.right - patches.left);
  });

  it('marks what has changed, beside the cells and not on them', () => {
    const marks = extentOf(grid, [245, 140, 20]);
    expect(marks.count).toBe(2 * 2 * 20 * 3);
    expect(extentOf(evolutionGrid(['1'], [{ unit: 0, cells: [cell], changed: [false] }]), [245, 140, 20]).count).toBe(0);
  });

  it('has names over the columns and numbers before the rows', () => {
    const text = extentOf(grid, [230, 230, 230]);
    const cells = extentOf(grid, RED);
    expect(text.top).toBeLessThan(cells.top);
    expect(text.left).toBeLessThan(cells.left);
    expect(text.bottom).toBeGreaterThan((cells.top + cells.bottom) / 2);
    expect(text.right).toBeLessThan(grid.width);
  });

  it('takes pictures of several sizes, grey ones too, and rows in which nothing fires', () => {
    const grey: Image = { width: 5, height: 9, channels: 1, data: new Uint8Array(45).fill(200) };
    const mixed = evolutionGrid(
      ['1', '2'],
      [
        { unit: 0, cells: [{ projection: grey, patch: grey }, cell], changed: [false, false] },
        { unit: 1, cells: [undefined, undefined], changed: [false, false] },
      ],
    );
    expect(extentOf(mixed, [200, 200, 200]).count).toBe(2 * 45);
    expect(mixed.data).toHaveLength(mixed.width * mixed.height * 3);
    expect(extentOf(mixed, [38, 38, 42]).count).toBe(2 * 2 * 400);
  });
});
