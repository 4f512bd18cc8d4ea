import { filledImage, type Image } from '@featurescope/core';
import { memoryCodec } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/compare/cell.js';
import { labelledGrid } from '../../src/compare/grid.js';
import { scalesOf } from '../../src/compare/scales.js';
import { fitted, imageOf } from '../../src/compare/show.js';

const RED = [250, 1, 2] as const;
const BLUE = [3, 4, 251] as const;

const colourAt = ({ width, data }: Image, y: number, x: number): number[] => [...data.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];

/** Corner and size of the pixels of one colour. */
function areaOf(image: Image, colour: readonly number[]) {
  const found: [number, number][] = [];
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++) if (colourAt(image, y, x).every((value, c) => value === colour[c])) found.push([y, x]);
  const [ys, xs] = [found.map(([y]) => y), found.map(([, x]) => x)];
  const corner = [Math.min(...ys), Math.min(...xs)];
  return { count: found.length, corner, size: [Math.max(...ys) - (corner[0] ?? 0) + 1, Math.max(...xs) - (corner[1] ?? 0) + 1] };
}

describe('grid', () => {
  it('puts pictures into rows and columns under titles, beside names, below headings', () => {
    const [red, blue] = [filledImage([30, 40], RED), filledImage([40, 40], BLUE)];
    const sheet = labelledGrid(
      ['one', 'two'],
      [{ rows: [{ label: 'first', images: [red, undefined] }] }, { heading: 'second', rows: [{ label: 'x', images: [undefined, blue] }] }],
      40,
    );
    const left = 5 * 8 + 8;
    expect(areaOf(sheet, RED)).toEqual({ count: 1200, corner: [18, left], size: [30, 40] });
    // A heading of 18 pixels and a gap lie between the rows.
    expect(areaOf(sheet, BLUE)).toEqual({ count: 1600, corner: [18 + 44 + 22, left + 44], size: [40, 40] });
    expect([sheet.height, sheet.width]).toEqual([18 + 44 + 22 + 44, left + 88]);
    const ground = colourAt(sheet, sheet.height - 1, 0);
    const band = colourAt(sheet, 18 + 44, sheet.width - 1);
    expect(band).not.toEqual(ground);
    expect(colourAt(sheet, 18 + 44 + 17, 0)).toEqual(band);
    expect(colourAt(sheet, 18 + 44 + 18, 0)).toEqual(ground);
    // Titles and names are written in light pixels, twice as large as the font of 5 rows.
    const inked = areaOf(sheet, [230, 230, 230]);
    expect(inked.corner).toEqual([4, 4]);
    expect(inked.size[0]).toBeGreaterThan(80);
  });

  it('enlarges by whole pixels, scales down, and keeps proportions', async () => {
    const sizeOf = async (height: number, width: number) => {
      const { height: h, width: w } = await fitted(memoryCodec, filledImage([height, width], RED), 100);
      return [h, w];
    };
    expect(await sizeOf(30, 20)).toEqual([90, 60]);
    expect(await sizeOf(60, 70)).toEqual([60, 70]);
    expect(await sizeOf(400, 200)).toEqual([100, 50]);
    expect(await sizeOf(300, 1)).toEqual([100, 1]);
  });
});

const modelOf = (std: number) => ({ input: { preprocessing: { scale: 1, std: [std] } } });

const attribution = (name: string, values: readonly number[], shape: readonly number[] = [1, values.length], std = 1): Cell =>
  ({
    method: { name },
    place: { model: modelOf(std) },
    subject: {},
    result: { kind: 'attribution', values: Float32Array.from(values), shape },
  }) as unknown as Cell;

const failed = {
  method: { name: 'a' },
  place: { model: modelOf(1) },
  result: { kind: 'failed', error: new Error('x') },
} as unknown as Cell;

describe('scales', () => {
  const cells = [attribution('a', [0, 2, -4]), attribution('a', [8, 0, 0]), attribution('b', [0.5, 0.25, 0]), attribution('b', [0, 0, 0])];

  it.each([
    ['method', [8, 8, 0.5, 0.5]],
    ['grid', [8, 8, 8, 8]],
    ['cell', [4, 8, 0.5, 0]],
  ] as const)('are shared by %s', (normalise, expected) => {
    const scaleOf = scalesOf([...cells, failed], { normalise, show: 'heatmap' });
    expect(cells.map(scaleOf)).toEqual(expected);
  });

  it('are not shared by networks whose pixels have other units, unless asked for', () => {
    const networks = [attribution('a', [1]), attribution('a', [2]), attribution('a', [500], [1, 1], 255)];
    const scales = (normalise: 'method' | 'grid') => networks.map(scalesOf(networks, { normalise, show: 'heatmap' }));
    expect(scales('method')).toEqual([2, 2, 500]);
    expect(scales('grid')).toEqual([500, 500, 500]);
  });

  it('give one number one colour wherever it stands', () => {
    const scaleOf = scalesOf(cells, { normalise: 'method', show: 'heatmap' });
    const one = attribution('a', [4, 1, 0]);
    const other = attribution('a', [0, 4, 8]);
    const [first, second] = [one, other].map((cell) => imageOf(cell, scaleOf(cell), failedPicture, 'heatmap'));
    expect(first && colourAt(first, 0, 0)).toEqual(second && colourAt(second, 0, 1));
    expect(first && colourAt(first, 0, 2)).toEqual([128, 128, 128]);
  });

  it('are of sums over channels, or of the largest magnitudes', () => {
    const colour = attribution('a', [1, -3, 1, 2, 2, 2], [1, 2, 3]);
    expect(scalesOf([colour], { normalise: 'cell', show: 'overlay' })(colour)).toBe(6);
    expect(scalesOf([colour], { normalise: 'cell', show: 'magnitude' })(colour)).toBe(3);
    expect([...imageOf(colour, 3, failedPicture, 'magnitude').data]).toEqual([255, 170]);
  });
});

const failedPicture = imageOf(failed, 1, filledImage([2, 2], RED), 'heatmap');

describe('pictures of cells', () => {
  it('show neutral grey for an attribution of zeros, and never for one that failed', () => {
    const zero = attribution('a', [0, 0, 0, 0], [2, 2]);
    for (const show of ['heatmap', 'magnitude'] as const)
      expect(new Set(imageOf(zero, 0, failedPicture, show).data)).toEqual(new Set([128]));
    expect([...failedPicture.data]).not.toContain(128);
    expect(areaOf(failedPicture, [255, 255, 255]).count).toBeGreaterThan(20);
  });

  it('lie on the picture where sizes agree', () => {
    const picture = filledImage([1, 2], RED);
    const cell = attribution('a', [0, 5]);
    const over = imageOf(cell, 5, picture, 'overlay');
    const heat = imageOf(cell, 5, picture, 'heatmap');
    expect(colourAt(over, 0, 0)).toEqual(RED.map((value) => Math.round(0.4 * value + 0.6 * 128)));
    expect(imageOf(cell, 5, filledImage([3, 3], RED), 'overlay')).toEqual(heat);
  });
});
