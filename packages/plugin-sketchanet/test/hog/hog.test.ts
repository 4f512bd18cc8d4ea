import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellHistograms } from '../../src/hog/cells.js';
import { normaliseBlock } from '../../src/hog/hog.js';
import { hog, hogOptions, hogShape } from '../../src/hog/index.js';

const noise = (height: number, width: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: height * width }, () => random.uniform());
};

describe('cellHistograms', () => {
  // A ramp down the columns by 1 a pixel: gradients of 2 straight down inside, of 1 in the first and last row.
  const ramp = Float64Array.from({ length: 16 }, (_, i) => Math.floor(i / 4));

  it('votes for straight down in the middle of the bin at 90°', () => {
    const { rows, columns, data } = cellHistograms(ramp, 4, 4, { cell: 4, bins: 9, signed: false, spatialVotes: false });
    expect([rows, columns]).toEqual([1, 1]);
    // 4 pixels a row: 1 + 2 + 2 + 1; 90° is the centre of bin 4 of nine.
    expect([...data].map((v) => Number(v.toFixed(9)))).toEqual([0, 0, 0, 0, 24, 0, 0, 0, 0]);
  });

  it('shares a vote between two bins, around the circle too', () => {
    const share = (pixels: Float64Array) => [
      ...cellHistograms(pixels, 4, 4, { cell: 4, bins: 4, signed: false, spatialVotes: false }).data,
    ];
    // Of four bins at 22.5°, 67.5°, 112.5° and 157.5°, 90° lies between the second and the third, 0° between the last and the first.
    expect(share(ramp).map((v) => Number(v.toFixed(9)))).toEqual([0, 12, 12, 0]);
    const across = ramp.map((_, i) => i % 4);
    expect(share(across).map((v) => Number(v.toFixed(9)))).toEqual([12, 0, 0, 12]);
    const weighted = cellHistograms(across, 4, 4, { cell: 4, bins: 9, signed: false, spatialVotes: false }).data;
    expect(weighted[0]).toBeCloseTo(12, 9);
    expect(weighted[8]).toBeCloseTo(12, 9);
  });

  it('shares a vote between cells by distance', () => {
    // One cell of 4 in each half; only the pixel (1, 3) and (1, 5) feel the dot at (1, 4) along the row, (0, 4) and (2, 4) down the column.
    const dot = new Float64Array(4 * 8);
    dot[1 * 8 + 4] = 1;
    const { data } = cellHistograms(dot, 4, 8, { cell: 4, bins: 2, signed: false, spatialVotes: true });
    // Centres of cells at x = 2 and 6, y = 2; pixel centres at +½. Rows 0, 1 and 2 lie −1.5, −0.5 and 0.5 from the centre: shares 5/8, 7/8, 7/8.
    // Across: x = 3.5 and 5.5, shares of the left cell 5/8 and 1/8; both bins get half, as 0° lies between them. Down: x = 4.5, share 3/8.
    const across = (7 / 8) * (5 / 8 + 1 / 8);
    const down = (5 / 8 + 7 / 8) * (3 / 8);
    expect(data[0]).toBeCloseTo((across + down) / 2, 12);
    expect(data[1]).toBeCloseTo((across + down) / 2, 12);
    const right = (7 / 8) * (3 / 8 + 7 / 8) + (5 / 8 + 7 / 8) * (5 / 8);
    expect((data[2] ?? 0) + (data[3] ?? 0)).toBeCloseTo(right, 12);
  });
});

describe('normaliseBlock', () => {
  it('cuts and normalises again: (3, 4, 0, 0) becomes (1, 1, 0, 0)/√2', () => {
    const out = normaliseBlock(Float64Array.of(3, 4, 0, 0), { clip: 0.2, epsilon: 1e-9 });
    [Math.SQRT1_2, Math.SQRT1_2, 0, 0].forEach((value, i) => {
      expect(out[i]).toBeCloseTo(value, 6);
    });
    // 0.6 is below this limit and 0.8 above: (0.6, 0.7)/√0.85.
    const some = normaliseBlock(Float64Array.of(3, 4), { clip: 0.7, epsilon: 1e-9 });
    expect(some[0]).toBeCloseTo(0.6 / Math.sqrt(0.85), 9);
    expect(some[1]).toBeCloseTo(0.7 / Math.sqrt(0.85), 9);
  });
});

describe('hog', () => {
  const options = (given: object) => hogOptions.parse({ cell: 4, ...given });

  it('has the length of its shape: 13 × 13 blocks of 2 × 2 cells and 9 bins at 225×225', () => {
    expect(hogShape(225, 225, hogOptions.parse({}))).toEqual([13, 13, 4, 9]);
    expect(hogShape(20, 29, options({ block: 2, blockStride: 2, bins: 6 }))).toEqual([2, 3, 4, 6]);
    expect(hog(noise(20, 29, 1), 20, 29, options({})).length).toBe(hogShape(20, 29, options({})).reduce((a, b) => a * b));
  });

  it('does not change with brightness, contrast or inversion', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (seed, contrast, brightness) => {
          const pixels = noise(12, 16, seed);
          const given = options({ epsilon: 1e-9 });
          const plain = hog(pixels, 12, 16, given);
          const changed = hog(
            pixels.map((v) => brightness - contrast * v),
            12,
            16,
            given,
          );
          plain.forEach((value, i) => {
            expect(changed[i]).toBeCloseTo(value, 5);
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('mirrors with the picture: cells change sides and bin b becomes bins − 1 − b', () => {
    const [height, width] = [12, 16];
    const pixels = noise(height, width, 4);
    const mirrored = pixels.map((_, i) => pixels[Math.floor(i / width) * width + width - 1 - (i % width)] ?? 0);
    const given = options({});
    const [rows, columns, , bins] = hogShape(height, width, given);
    const [plain, turned] = [hog(pixels, height, width, given), hog(mirrored, height, width, given)];
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++)
        for (let c = 0; c < 4; c++)
          for (let b = 0; b < bins; b++) {
            const own = plain[((y * columns + x) * 4 + c) * bins + b] ?? 0;
            const other = turned[((y * columns + columns - 1 - x) * 4 + (c ^ 1)) * bins + bins - 1 - b];
            expect(other).toBeCloseTo(own, 5);
          }
  });

  it('tells opposite directions apart only when signed', () => {
    const ramp = Float64Array.from({ length: 64 }, (_, i) => i % 8);
    const back = ramp.map((v) => -v);
    expect(hog(back, 8, 8, options({}))).toEqual(hog(ramp, 8, 8, options({})));
    expect(hog(back, 8, 8, options({ signed: true }))).not.toEqual(hog(ramp, 8, 8, options({ signed: true })));
  });

  it('is all zero for an empty picture, and refuses what is too small', () => {
    expect(hog(new Float32Array(64).fill(0.5), 8, 8, options({})).every((v) => v === 0)).toBe(true);
    expect(() => hog(new Float32Array(60), 6, 10, options({}))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: HOG: the picture has 6×10 pixels, but one block needs 8×8. Give a larger picture, or lower cell or block.]`,
    );
    expect(() => hog(new Float32Array(60), 8, 8, options({}))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: HOG: 60 values for a picture of 8×8 pixels. Expected 64: one channel.]`,
    );
  });
});
