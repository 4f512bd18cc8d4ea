import type { InputRange } from '@featurescope/core';
import type { Canvas } from './canvas.js';

/** Why a run was stopped before its last iteration. */
export type Divergence = 'non-finite' | 'saturated';

/** Share of the values inside the range at the start that may reach its ends before a picture counts as saturated. */
const SATURATED = 0.8;

/** Share of the values that lie at or beyond the ends of the range. */
export function shareAtEnds({ data, shape }: Canvas, { min, max }: InputRange): number {
  const channels = shape[3];
  // The canvas has the range in single precision.
  const low = min.map(Math.fround);
  const high = max.map(Math.fround);
  let count = 0;
  for (let c = 0; c < channels; c++) {
    const [lowest, highest] = [low[c] ?? 0, high[c] ?? 0];
    for (let i = c; i < data.length; i += channels) {
      const value = data[i] ?? 0;
      // Without a branch, which would be guessed wrong where many values lie at the ends.
      count += Number(value <= lowest) | Number(value >= highest);
    }
  }
  return count / data.length;
}

/** Whether more than 80 % of what was inside the range at the start has gone to its ends: all shades are lost. */
export const isSaturated = (canvas: Canvas, range: InputRange, atStart: number): boolean =>
  shareAtEnds(canvas, range) - atStart > SATURATED * (1 - atStart);
