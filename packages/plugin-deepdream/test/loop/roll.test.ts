import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blank, type Canvas, crop } from '../../src/loop/canvas.js';
import { roll } from '../../src/loop/roll.js';

describe('a rolled picture', () => {
  it('has each pixel where it was moved to, around the borders, and comes back by the opposite move', () => {
    const side = fc.integer({ min: 1, max: 7 });
    const by = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 4 }), by, by, (height, width, channels, top, left) => {
        const shape = [1, height, width, channels] as const;
        const canvas: Canvas = { shape, data: Float32Array.from({ length: height * width * channels }, (_, i) => i) };
        const moved = roll(canvas, { top, left }, blank(shape));
        expect(moved.data).toEqual(crop(canvas, { top, left, height, width }).data);
        expect(roll(moved, { top: -top, left: -left }, blank(shape)).data).toEqual(canvas.data);
      }),
    );
  });
});
