import type { Image, Stroke } from '@featurescope/core';
import { filledImage, rasterise, toByte } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { paintStrokes } from '../../src/picture/coloured-strokes.js';
import { divergingColour } from '../../src/picture/diverging-colours.js';
import { signedStrokes } from '../../src/picture/signed-strokes.js';
import { stroke } from '../support.js';

const at = (image: Image, x: number, y: number) => [...image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3)];

const rounded = (value: number) => divergingColour(value).map(Math.round);

describe('signedStrokes', () => {
  const canvas = { width: 100, height: 100 };
  const lines = (...of: readonly number[]): readonly Stroke[] => of.map((y) => stroke([10, y], [90, y]));
  const picture = (strokes: readonly Stroke[], values: readonly number[]) =>
    signedStrokes({ drawing: canvas, strokes, values, caption: 'text', ends: { low: 'less', high: 'more' } });

  it('colours each stroke by its share of the largest magnitude', () => {
    const image = picture(lines(20, 40, 60, 80), [-8, 0, 4, 2]);
    [-1, 0, 0.5, 0.25].forEach((value, i) => {
      expect(at(image, 240, 96 * (i + 1))).toEqual(rounded(value));
    });
    expect(at(image, 240, 30)).toEqual([255, 255, 255]);
  });

  it('paints what counts most over the rest', () => {
    expect(at(picture(lines(50, 50), [3, -1]), 240, 240)).toEqual(rounded(1));
    expect(at(picture(lines(50, 50), [-1, 3]), 240, 240)).toEqual(rounded(1));
  });

  it('is grey where nothing counts', () => {
    expect(at(picture(lines(50), [0]), 240, 240)).toEqual(rounded(0));
  });

  it('shows a colour bar from the lowest to the highest, of magnitudes from 0', () => {
    const signed = picture(lines(50), [1]);
    expect(at(signed, 12, 484)).toEqual(rounded(-1));
    expect(at(signed, 467, 484)).toEqual(rounded(1));
    const magnitudes = signedStrokes({ drawing: canvas, strokes: lines(50), values: [1], caption: '', ends: { high: 'more' } });
    expect(at(magnitudes, 12, 484)).toEqual(rounded(0));
  });

  it('keeps the canvas in shape', () => {
    const image = signedStrokes({ drawing: { width: 50, height: 100 }, strokes: [], values: [], caption: '', ends: { high: '' } });
    expect(image.width).toBe(240);
    expect(image.data).toHaveLength(image.width * image.height * 3);
  });
});

describe('paintStrokes', () => {
  it('blends every stroke over what is there, all of it', () => {
    const drawing = syntheticDrawing('paint', 6);
    const [size, pen] = [[61, 47] as const, 3.3];
    const image = filledImage(size, [255, 255, 255]);
    paintStrokes(image, drawing, (i) => [40 * i, 0, 255 - 40 * i], pen);
    const expected = filledImage(size, [255, 255, 255]);
    drawing.strokes.forEach((one, i) => {
      rasterise({ ...drawing, strokes: [one] }, size, pen).forEach((share, p) => {
        [40 * i, 0, 255 - 40 * i].forEach((level, c) => {
          expected.data[p * 3 + c] = toByte((1 - share) * (expected.data[p * 3 + c] ?? 0) + share * level);
        });
      });
    });
    expect(image.data).toEqual(expected.data);
  });
});
