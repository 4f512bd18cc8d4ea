import '@tensorflow/tfjs';
import { memory, tensor4d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { blank, type Canvas } from '../../src/loop/canvas.js';
import type { Evaluation } from '../../src/loop/evaluation.js';
import { fieldOfTensor } from '../../src/loop/gradient-field.js';
import { evaluateTiles } from '../../src/loop/tiled-evaluation.js';

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
  gradient: fieldOfTensor(
    tensor4d(
      data.map((value) => 10 * value),
      [...shape],
    ),
  ),
});

describe('a gradient put together from tiles', () => {
  it('is their weighted sum, and the values are scaled to the area of the picture', async () => {
    const before = memory().numTensors;
    const into = blank(canvas.shape);
    into.data.fill(99);
    const { value, series, gradient } = await evaluateTiles(canvas, TILES, into, tenfold);
    const rows = gradient.rows({ top: 0, bottom: 2 });
    expect([...(await rows.data())]).toEqual([...canvas.data].map((x) => 10 * x));
    const mean = gradient.meanMagnitude();
    expect((await mean.data())[0]).toBeCloseTo(55, 5);
    rows.dispose();
    mean.dispose();
    gradient.dispose();
    const sums = 0 + 1 + 2 + 3 + 6 + 7 + 8 + 9 + (2 + 3 + 4 + 5 + 8 + 9 + 10 + 11);
    expect(value).toBeCloseTo((sums * 12) / 16, 5);
    expect(series.get('one')).toBeCloseTo(12, 5);
    expect(memory().numTensors).toBe(before);
  });

  it('leaves nothing behind when a tile fails', async () => {
    const before = memory().numTensors;
    let calls = 0;
    const failing = (part: Canvas) => (++calls === 2 ? Promise.reject(new Error('planned')) : tenfold(part));
    await expect(evaluateTiles(canvas, TILES, blank(canvas.shape), failing)).rejects.toThrow('planned');
    expect(memory().numTensors).toBe(before);
  });
});
