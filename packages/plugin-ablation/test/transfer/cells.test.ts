import { describe, expect, it } from 'vitest';
import { cellsOf, writeCells } from '../../src/transfer/cells.js';

/** 3×4 positions of two channels: 0 … 11, and the same times ten. */
const MAP = Float32Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? i / 2 : 10 * Math.floor(i / 2)));

const written = (options: Parameters<typeof cellsOf>[1]): number[] => {
  const cells = cellsOf([3, 4, 2], options);
  const into = new Float32Array(cells.length);
  writeCells(MAP, [3, 4, 2], cells, into);
  return [...into];
};

describe('cells of a map', () => {
  it('takes a small map as it is', () => {
    expect(written({})).toEqual([...MAP]);
    expect(written({ features: 24 })).toEqual([...MAP]);
  });

  it('pools a larger map to the finest grid that has no more numbers', () => {
    expect(cellsOf([3, 4, 2], { features: 23 })).toMatchObject({ rows: 3, columns: 3, length: 18 });
    expect(cellsOf([3, 4, 2], { features: 17 })).toMatchObject({ rows: 2, columns: 2, length: 8 });
    expect(cellsOf([13, 13, 512], {})).toMatchObject({ rows: 2, columns: 2, length: 2048 });
    expect(cellsOf([3, 4, 2], { features: 1 })).toMatchObject({ rows: 1, columns: 1, length: 2 });
  });

  it('averages cells that cover the map, sharing the middle row of an odd number', () => {
    // Rows 0–1 and 1–2, columns 0–1 and 2–3.
    const averages = [2.5, 4.5, 6.5, 8.5];
    expect(written({ grid: 2 })).toEqual(averages.flatMap((value) => [value, 10 * value]));
    expect(written({ grid: 1 })).toEqual([5.5, 55]);
  });

  it('keeps the largest of a cell', () => {
    expect(written({ grid: 2, pool: 'max' })).toEqual([5, 50, 7, 70, 9, 90, 11, 110]);
  });
});
