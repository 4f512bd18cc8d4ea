import type { Box, Extent, Random } from '@featurescope/core';
import { rampWeights } from '../tiles/ramp.js';
import { tileStarts } from '../tiles/starts.js';
import type { WeightedBox } from './tiled-evaluation.js';

/** How a picture is cut into tiles. */
export interface TilePlan {
  readonly size: Extent;
  /** Rows and columns that neighbouring tiles share. */
  readonly overlap: Extent;
  readonly blend: 'none' | 'ramp';
  /** Moves the grid at random before each iteration. */
  readonly shift: boolean;
}

interface Axis {
  readonly length: number;
  readonly size: number;
  readonly starts: readonly number[];
}

function axisOf(plan: TilePlan, full: Extent, axis: 0 | 1, random: Random): Axis {
  const length = full[axis];
  const size = Math.min(plan.size[axis], length);
  const overlap = Math.min(plan.overlap[axis], size - 1);
  const shift = plan.shift && size < length ? random.integer(0, size - overlap - 1) : 0;
  return { length, size, starts: tileStarts(length, size, overlap, shift) };
}

/** The grid of one iteration, and how far the picture is shifted (around its borders) below it. */
function drawn(
  plan: TilePlan,
  full: Extent,
  jitter: number,
  random: Random,
): { readonly axes: readonly [Axis, Axis]; readonly by: Extent } {
  const by: Extent = [random.integer(-jitter, jitter), random.integer(-jitter, jitter)];
  return { axes: [axisOf(plan, full, 0, random), axisOf(plan, full, 1, random)], by };
}

const boxAt = ([rows, columns]: readonly [Axis, Axis], by: Extent, top: number, left: number): Box => ({
  top: top - by[0],
  left: left - by[1],
  height: rows.size,
  width: columns.size,
});

/** The tiles of one iteration, in row-major order. */
export function placedTiles(plan: TilePlan, full: Extent, jitter: number, random: Random): Box[] {
  const { axes, by } = drawn(plan, full, jitter, random);
  return axes[0].starts.flatMap((top) => axes[1].starts.map((left) => boxAt(axes, by, top, left)));
}

/** The same with linear ramps where tiles overlap; the weights add up to 1 at every pixel. */
export function weightedTiles(plan: TilePlan, full: Extent, jitter: number, random: Random): WeightedBox[] {
  const { axes, by } = drawn(plan, full, jitter, random);
  const [rows, columns] = axes.map(({ starts, size, length }) => rampWeights(starts, size, length));
  return axes[0].starts.flatMap((top, i) =>
    axes[1].starts.map((left, j) => ({
      box: boxAt(axes, by, top, left),
      rows: rows?.[i] ?? new Float32Array(),
      columns: columns?.[j] ?? new Float32Array(),
    })),
  );
}
