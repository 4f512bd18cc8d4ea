import { describe, expect, it } from 'vitest';
import type { Canvas } from '../../src/loop/canvas.js';
import type { Evaluation } from '../../src/loop/evaluation.js';
import { evaluateTiles } from '../../src/loop/tiled-evaluation.js';
import { workspace } from '../../src/loop/workspace.js';

const canvas: Canvas = { shape: [1, 2, 6, 1], data: Float32Array.from({ length: 12 }, (_, i) => i) };
const tile = (left: number, columns: readonly number[]) => ({
  box: { top: 0, left, height: 2, width: columns.length },
  rows: Float32Array.of(1, 1),
  columns: Float32Array.from(columns),
});
const TILES = [tile(0, [1, 1, 0.75, 0.25]), tile(2, [0.25, 0.75, 1, 1])];

/** Value Σ x, gradient 10 · x: known for every tile. */
const tenfold = async ({ shape, data }: Canvas): Promise<Evaluation> => ({
  value: data.reduce((sum, value) => sum + value, 0),
  series: new Map([['one', data.length]]),
  gradient: { shape, data: data.map((value) => 10 * value) },
});

describe('a gradient put together from tiles', () => {
  it('is their weighted sum, and the values are scaled to the area of the picture', async () => {
    const space = workspace();
    space.scratch('gradient', canvas.shape).data.fill(99);
    const { value, series, gradient } = await evaluateTiles(canvas, TILES, space, tenfold);
    expect([...gradient.data]).toEqual([...canvas.data].map((x) => 10 * x));
    const sums = 0 + 1 + 2 + 3 + 6 + 7 + 8 + 9 + (2 + 3 + 4 + 5 + 8 + 9 + 10 + 11);
    expect(value).toBeCloseTo((sums * 12) / 16, 5);
    expect(series.get('one')).toBeCloseTo(12, 5);
  });
});
