import { boxAt, positionCount, type WindowGrid } from './windows.js';

/**
 * Mean over the windows that cover a pixel of score(x) − score(occluded), [H, W]: positive where hiding the pixel lowers the score.
 * Pixels that no window covers are 0.
 */
export function attributionOf(grid: WindowGrid, score: number, occluded: ArrayLike<number>): Float32Array {
  const [height, width] = grid.picture;
  const sums = new Float64Array(height * width);
  const counts = new Uint32Array(height * width);
  for (let position = 0; position < positionCount(grid); position++) {
    const { top, left, ...size } = boxAt(grid, position);
    const drop = score - (occluded[position] ?? 0);
    for (let y = top; y < top + size.height; y++)
      for (let i = y * width + left; i < y * width + left + size.width; i++) {
        sums[i] = (sums[i] ?? 0) + drop;
        counts[i] = (counts[i] ?? 0) + 1;
      }
  }
  return Float32Array.from(sums, (sum, i) => (counts[i] ? sum / (counts[i] ?? 1) : 0));
}

/** Share of the pixels that no window covers: larger strides than windows leave gaps. */
export function uncovered(grid: WindowGrid): number {
  const covered = (length: number, window: number, at: readonly number[]): number =>
    at.reduce((sum, start, i) => sum + Math.min(window, (at[i + 1] ?? length) - start), 0) / length;
  const [height, width] = grid.picture;
  return 1 - covered(height, grid.window[0], grid.tops) * covered(width, grid.window[1], grid.lefts);
}

/** The mean of maps of one size. */
export const meanMap = (maps: readonly Float32Array[]): Float32Array =>
  Float32Array.from(maps[0] ?? [], (_, i) => maps.reduce((sum, map) => sum + (map[i] ?? 0), 0) / maps.length);
