import type { Shape } from '@featurescope/core';
import { DEFAULT_FEATURES, type POOLS, type TransferOptions } from './options.js';

/** How the map of a layer becomes a vector. */
export interface Cells {
  /** Down and across; those of the map where it is taken as it is. */
  readonly rows: number;
  readonly columns: number;
  readonly pool: (typeof POOLS)[number];
  /** Numbers of the vector. */
  readonly length: number;
}

/** The cells of a map [H, W, C]: as many as `grid` says, else all positions where they are no more than `features` numbers, else the finest grid that has no more. */
export function cellsOf(
  [height, width, channels]: Shape,
  { grid, features, pool = 'average' }: Pick<TransferOptions, 'grid' | 'features' | 'pool'>,
): Cells {
  const most = features ?? DEFAULT_FEATURES;
  const fits = (side: number): boolean => Math.min(side, height) * Math.min(side, width) * channels <= most;
  let side = grid ?? Math.max(height, width);
  while (grid === undefined && side > 1 && !fits(side)) side--;
  const [rows, columns] = [Math.min(side, height), Math.min(side, width)];
  return { rows, columns, pool, length: rows * columns * channels };
}

export const isPooled = ({ rows, columns }: Cells, [height, width]: Shape): boolean => rows < height || columns < width;

/** Writes the vector [rows, columns, C] of one map [H, W, C]; cell i of k covers positions ⌊i·H/k⌋ to ⌈(i+1)·H/k⌉ − 1. */
export function writeCells(map: Float32Array, [height, width, channels]: Shape, cells: Cells, into: Float32Array): void {
  if (!isPooled(cells, [height, width, channels])) {
    into.set(map);
    return;
  }
  for (let row = 0; row < cells.rows; row++)
    for (let column = 0; column < cells.columns; column++) {
      const [top, bottom] = spanOf(row, cells.rows, height);
      const [left, right] = spanOf(column, cells.columns, width);
      const at = (row * cells.columns + column) * channels;
      for (let c = 0; c < channels; c++) into[at + c] = pooled(map, { top, bottom, left, right, width, channels, c }, cells.pool);
    }
}

const spanOf = (cell: number, cells: number, size: number): readonly [from: number, to: number] => [
  Math.floor((cell * size) / cells),
  Math.ceil(((cell + 1) * size) / cells),
];

interface Window {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly channels: number;
  readonly c: number;
}

function pooled(map: Float32Array, { top, bottom, left, right, width, channels, c }: Window, pool: Cells['pool']): number {
  let [sum, most] = [0, Number.NEGATIVE_INFINITY];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const value = map[(y * width + x) * channels + c] ?? 0;
      sum += value;
      most = Math.max(most, value);
    }
  return pool === 'max' ? most : sum / ((bottom - top) * (right - left));
}
