import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rampWeights } from '../../src/tiles/ramp.js';
import { tileStarts } from '../../src/tiles/starts.js';

const axes = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 90 }), fc.double({ min: 0, max: 0.999, noNaN: true }))
  .map(([length, size, part]) => ({ length, size, overlap: Math.floor(size * part) }));

const sums = (starts: readonly number[], weights: readonly Float32Array[], length: number): Float32Array => {
  const total = new Float32Array(length);
  weights.forEach((tile, k) => {
    tile.forEach((weight, i) => {
      const at = (starts[k] ?? 0) + i;
      total[at] = (total[at] ?? 0) + weight;
    });
  });
  return total;
};

describe('ramp weights', () => {
  it('have sum 1 at every position, exactly, in single precision', () => {
    fc.assert(
      fc.property(axes, fc.double({ min: 0, max: 0.999, noNaN: true }), ({ length, size, overlap }, part) => {
        const starts = tileStarts(length, size, overlap, Math.floor((size - overlap) * part));
        const weights = rampWeights(starts, size, length);
        expect(sums(starts, weights, length).every((sum) => sum === 1)).toBe(true);
        expect(weights.every((tile) => tile.length === Math.min(size, length) && tile.every((weight) => weight >= 0 && weight <= 1))).toBe(
          true,
        );
      }),
    );
  });

  it('have sum 1 on two axes too, exactly: a constant picture is put together unchanged', () => {
    fc.assert(
      fc.property(axes, axes, (vertical, horizontal) => {
        const [rows, columns] = [vertical, horizontal].map(({ length, size, overlap }) => {
          const starts = tileStarts(length, size, overlap);
          return { starts, weights: rampWeights(starts, size, length), at: length >> 1 };
        });
        if (!rows || !columns) throw new Error('two axes');
        const total = new Float32Array(1);
        rows.weights.forEach((row, i) => {
          columns.weights.forEach((column, j) => {
            const weight = (row[rows.at - (rows.starts[i] ?? 0)] ?? 0) * (column[columns.at - (columns.starts[j] ?? 0)] ?? 0);
            total[0] = (total[0] ?? 0) + Math.fround(weight);
          });
        });
        expect(total[0]).toBe(1);
      }),
    );
  });

  it('rise and fall linearly over what two tiles share', () => {
    const [first, second] = rampWeights([0, 6], 10, 16);
    const rising = [1, 2, 3, 4].map((i) => i / 5);
    rising.forEach((weight, i) => {
      expect(second?.[i]).toBeCloseTo(weight, 3);
      expect(first?.[6 + i]).toBeCloseTo(1 - weight, 3);
    });
    expect(first?.slice(0, 6).every((weight) => weight === 1)).toBe(true);
    expect(second?.slice(4).every((weight) => weight === 1)).toBe(true);
  });

  it('are 1 where tiles share nothing, and in a picture smaller than a tile', () => {
    for (const tile of rampWeights([0, 8, 16], 8, 24)) expect([...tile]).toEqual(new Array(8).fill(1));
    expect(rampWeights([0], 224, 5).map((tile) => [...tile])).toEqual([[1, 1, 1, 1, 1]]);
  });

  it('change by little from pixel to pixel when three tiles meet', () => {
    const starts = tileStarts(512, 224, 124);
    for (const tile of rampWeights(starts, 224, 512))
      for (let i = 1; i < tile.length; i++) expect(Math.abs((tile[i] ?? 0) - (tile[i - 1] ?? 0))).toBeLessThan(0.02);
  });
});
