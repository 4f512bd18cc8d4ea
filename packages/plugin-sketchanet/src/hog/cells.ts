import { gradients } from './gradients.js';
import type { HogOptions } from './options.js';

/** Histograms of all cells, [rows, columns, bins]. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * Histograms of gradient directions, weighted by magnitude (Dalal & Triggs 2005, section 6.3): bin b is centred at (b + ½)·180°/bins, and a vote is
 * shared between the two nearest bins, around the circle, and between the nearest cells, by distance from the centres. Shares of cells beyond the border are lost.
 * Pixels to the right and below that fill no cell do not count.
 */
export function cellHistograms(
  pixels: ArrayLike<number>,
  height: number,
  width: number,
  { cell, bins, signed, spatialVotes }: Pick<HogOptions, 'cell' | 'bins' | 'signed' | 'spatialVotes'>,
): Cells {
  const [rows, columns] = [Math.floor(height / cell), Math.floor(width / cell)];
  const data = new Float64Array(rows * columns * bins);
  const { magnitude, angle } = gradients(pixels, height, width);
  const span = signed ? 2 * Math.PI : Math.PI;
  const vote = (row: number, column: number, bin: number, weight: number): void => {
    if (row < 0 || row >= rows || column < 0 || column >= columns) return;
    const place = (row * columns + column) * bins + ((bin + bins) % bins);
    data[place] = (data[place] ?? 0) + weight;
  };

  for (let y = 0; y < rows * cell; y++)
    for (let x = 0; x < columns * cell; x++) {
      const strength = magnitude[y * width + x] ?? 0;
      if (strength === 0) continue;
      const turn = ((((angle[y * width + x] ?? 0) / span) % 1) + 1) % 1;
      const [bin, toNext] = split(turn * bins - 0.5);
      for (const [row, ofRow] of spatialVotes ? around(y, cell) : [[Math.floor(y / cell), 1] as const])
        for (const [column, ofColumn] of spatialVotes ? around(x, cell) : [[Math.floor(x / cell), 1] as const]) {
          vote(row, column, bin, strength * ofRow * ofColumn * (1 - toNext));
          vote(row, column, bin + 1, strength * ofRow * ofColumn * toNext);
        }
    }
  return { rows, columns, data };
}

/** Whole part, rounded down, and the rest. */
const split = (position: number): readonly [number, number] => [Math.floor(position), position - Math.floor(position)];

/** The two cells whose centres are nearest to a pixel's, with the pixel's share in each. */
function around(pixel: number, cell: number): readonly (readonly [number, number])[] {
  const [first, rest] = split((pixel + 0.5) / cell - 0.5);
  return [
    [first, 1 - rest],
    [first + 1, rest],
  ];
}
