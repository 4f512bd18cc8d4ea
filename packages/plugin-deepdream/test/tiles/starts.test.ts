import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tileStarts } from '../../src/tiles/starts.js';
import { grid } from './grid.js';

/** An axis, a tile, an overlap below the tile and a shift below what the tiles advance. */
const axes = fc
  .record({ length: fc.integer({ min: 1, max: 400 }), size: fc.integer({ min: 1, max: 120 }) })
  .chain((axis) => fc.record({ length: fc.constant(axis.length), size: fc.constant(axis.size), overlap: fc.nat(axis.size - 1) }))
  .chain((axis) => fc.tuple(fc.constant(axis), fc.nat(axis.size - axis.overlap - 1)).map(([given, shift]) => ({ ...given, shift })));

describe('where tiles begin', () => {
  it('is as in the seed report: 224 pixels with 124 shared, in 512', () => {
    expect(tileStarts(512, 224, 124)).toEqual([0, 100, 200, 288]);
  });

  it('is side by side without overlap, the last one moved back to cover what is left', () => {
    expect(tileStarts(512, 224, 0)).toEqual([0, 224, 288]);
    expect(tileStarts(448, 224, 0)).toEqual([0, 224]);
  });

  it('is moved left by a shift, the first and the last staying inside', () => {
    expect(tileStarts(512, 224, 0, 100)).toEqual([0, 124, 288]);
    expect(tileStarts(512, 224, 0, 223)).toEqual([0, 1, 225, 288]);
  });

  it.each([100, 224])('is 0 for a picture of %i pixels in tiles of 224', (length) => {
    expect(tileStarts(length, 224, 0)).toEqual([0]);
    expect(tileStarts(length, 224, 100, 7)).toEqual([0]);
  });

  it('covers every pixel, inside the picture, once each, in order', () => {
    fc.assert(
      fc.property(axes, ({ length, size, overlap, shift }) => {
        const starts = tileStarts(length, size, overlap, shift);
        const span = Math.min(size, length);
        expect(starts[0]).toBe(0);
        expect((starts.at(-1) ?? 0) + span).toBe(length);
        for (let i = 1; i < starts.length; i++) {
          const step = (starts[i] ?? 0) - (starts[i - 1] ?? 0);
          expect(step).toBeGreaterThan(0);
          expect(step).toBeLessThanOrEqual(size - overlap);
        }
      }),
    );
  });

  it('is at multiples of what the tiles advance, but for the borders', () => {
    fc.assert(
      fc.property(axes, ({ length, size, overlap, shift }) => {
        for (const start of tileStarts(length, size, overlap, shift).slice(1, -1)) expect((start + shift) % (size - overlap)).toBe(0);
      }),
    );
  });

  it('is refused for an overlap of a whole tile, and for a shift of a whole step', () => {
    expect(() => tileStarts(512, 224, 224)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: --tile-overlap 224,224 leaves tiles of 224×224 no way forward; give an overlap smaller than the tile, such as --tile-overlap 56,56]`,
    );
    expect(() => tileStarts(512, 224, 200, 24)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: tiles were shifted by 24 pixels; expected a whole number from 0 to 23]`,
    );
    expect(() => tileStarts(512, 224, 0, -1)).toThrow(expect.objectContaining({ code: 'dream/tile-shift' }));
  });
});

describe('the grid', () => {
  it('goes row by row, with tiles as small as the picture where it is smaller', () => {
    expect(grid([60, 250], [100, 100], [0, 20])).toEqual([
      { top: 0, left: 0, height: 60, width: 100 },
      { top: 0, left: 80, height: 60, width: 100 },
      { top: 0, left: 150, height: 60, width: 100 },
    ]);
  });

  it('is shifted along each axis by its own amount', () => {
    const tops = grid([250, 250], [100, 100], [0, 0], [30, 0]).map(({ top, left }) => [top, left]);
    expect(tops).toEqual([0, 70, 150].flatMap((top) => [0, 100, 150].map((left) => [top, left])));
  });
});
