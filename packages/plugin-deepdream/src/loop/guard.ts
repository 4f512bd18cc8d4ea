import type { InputRange } from '@featurescope/core';
import type { Canvas } from './canvas.js';

/** Why a run was stopped before its last iteration. */
export type Divergence = 'non-finite' | 'saturated';

/** Share of the values inside the range at the start that may reach its ends before a picture counts as saturated. */
const SATURATED = 0.8;

/** Pixels that are counted at a time. */
const BLOCK = 1024;

/** Share of the values that lie at or beyond the ends of the range. */
export function shareAtEnds({ data, shape }: Canvas, range: InputRange): number {
  let count = 0;
  for (const part of blocks(data, shape[3])) count += countAtEnds(part, range);
  return count / data.length;
}

/** Whether more than 80 % of what was inside the range at the start has gone to its ends: all shades are lost. */
export function isSaturated({ data, shape }: Canvas, range: InputRange, atStart: number): boolean {
  const isTooMuch = (count: number): boolean => count / data.length - atStart > SATURATED * (1 - atStart);
  let count = 0;
  let left = data.length;
  for (const part of blocks(data, shape[3])) {
    count += countAtEnds(part, range);
    left -= part.length;
    // Mostly settled after a few blocks.
    if (!isTooMuch(count + left)) return false;
  }
  return isTooMuch(count);
}

function* blocks(data: Float32Array, channels: number): Generator<Float32Array> {
  for (let start = 0; start < data.length; start += BLOCK * channels) yield data.subarray(start, start + BLOCK * channels);
}

function countAtEnds(values: Float32Array, { min, max }: InputRange): number {
  const channels = min.length;
  let count = 0;
  for (let c = 0; c < channels; c++) {
    // The canvas has the range in single precision.
    const [lowest, highest] = [Math.fround(min[c] ?? 0), Math.fround(max[c] ?? 0)];
    for (let i = c; i < values.length; i += channels) {
      const value = values[i] ?? 0;
      // Without a branch, which would be guessed wrong where many values lie at the ends.
      count += Number(value <= lowest) | Number(value >= highest);
    }
  }
  return count;
}
