import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWeighted, blank, type Canvas, crop, isFiniteThroughout, paste, single } from '../../src/loop/canvas.js';

const counting = (height: number, width: number, channels = 2): Canvas => ({
  shape: [1, height, width, channels],
  data: Float32Array.from({ length: height * width * channels }, (_, i) => i),
});

const boxes = fc.record({
  top: fc.integer({ min: -20, max: 20 }),
  left: fc.integer({ min: -20, max: 20 }),
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 5 }),
});

describe('a rectangle of a canvas', () => {
  it('goes around the borders', () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const part = crop(counting(7, 5), box);
        const wrap = (n: number, size: number) => ((n % size) + size) % size;
        for (let y = 0; y < box.height; y++)
          for (let x = 0; x < box.width; x++)
            for (let c = 0; c < 2; c++) {
              const at = (wrap(box.top + y, 7) * 5 + wrap(box.left + x, 5)) * 2 + c;
              expect(part.data[(y * box.width + x) * 2 + c]).toBe(at);
            }
      }),
    );
  });

  it('goes back where it came from', () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const canvas = counting(7, 5);
        const target = counting(7, 5);
        const part = crop(canvas, box);
        paste(target, box, { ...part, data: part.data.map((value) => -value) });
        const changed = crop(target, box);
        changed.data.forEach((value, i) => void expect(value).toBe(-(part.data[i] ?? 0)));
        paste(target, box, part);
        expect(target).toEqual(canvas);
      }),
    );
  });

  it('is added with the weights of its rows and columns', () => {
    const canvas = blank([1, 3, 4, 2]);
    const part = Float32Array.from({ length: 2 * 2 * 2 }, (_, i) => i + 1);
    addWeighted(canvas, { top: 2, left: 3, height: 2, width: 2 }, part, Float32Array.of(1, 10), Float32Array.of(1, 100));
    // Row 2 and row 0 (around the border), column 3 and column 0.
    expect([...canvas.data]).toEqual([700 * 10, 800 * 10, 0, 0, 0, 0, 50, 60, ...new Array(8).fill(0), 300, 400, 0, 0, 0, 0, 1, 2]);
  });
});

describe('one picture of a canvas', () => {
  it('lies in the same memory', () => {
    const canvas: Canvas = { shape: [3, 2, 2, 1], data: Float32Array.from({ length: 12 }, (_, i) => i) };
    const second = single(canvas, 1);
    expect(second).toEqual({ shape: [1, 2, 2, 1], data: Float32Array.of(4, 5, 6, 7) });
    second.data[0] = -1;
    expect(canvas.data[4]).toBe(-1);
  });
});

it('notices values that are not finite', () => {
  const canvas = counting(2, 2);
  expect(isFiniteThroughout(canvas)).toBe(true);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const data = canvas.data.slice();
    data[5] = bad;
    expect(isFiniteThroughout({ ...canvas, data })).toBe(false);
  }
});
