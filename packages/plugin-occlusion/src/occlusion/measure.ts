import type { Patch, PatchedPasses, Shape } from '@featurescope/core';
import { valuesIn } from '../values-in.js';
import type { Baseline } from './baseline.js';
import { type Question, reading } from './reading.js';
import type { Readings } from './readings.js';
import { boxAt, type WindowGrid } from './windows.js';

/** How positions of one window are measured. */
export interface Measuring {
  readonly grid: WindowGrid;
  readonly baseline: Baseline;
  readonly shape: Shape;
  readonly question: Question;
  readonly passes: PatchedPasses;
  readonly batchSize: number;
  readonly signal: AbortSignal;
}

/** Reads the positions of a list, a batch in one pass, and gives the number of positions after each. Batches that were read already are passed by. */
export async function* measured(measuring: Measuring, positions: readonly number[], into: Readings): AsyncGenerator<number> {
  const { grid, baseline, shape, question, passes, batchSize, signal } = measuring;
  for (let first = 0; first < positions.length; first += batchSize) {
    signal.throwIfAborted();
    const batch = positions.slice(first, first + batchSize);
    if (!batch.every((position) => into.computed[position])) {
      const outputs = await passes.forward(
        batch.map((position) => patchAt(baseline.values, shape, grid, position)),
        signal,
      );
      signal.throwIfAborted();
      for (const [n, position] of batch.entries()) {
        const own = outputs.map((values) => values.subarray((n * values.length) / batch.length, ((n + 1) * values.length) / batch.length));
        const { score, activity, class: strongest } = reading(question, own, passes.shapes);
        into.scores[position] = score;
        into.activity[position] = activity;
        into.classes[position] = strongest;
        into.computed[position] = 1;
      }
    }
    yield batch.length;
  }
}

/** What the baseline shows in a window. */
export function patchAt(baseline: Float32Array, shape: Shape, grid: WindowGrid, position: number): Patch {
  const box = boxAt(grid, position);
  return { box, values: valuesIn(baseline, shape, box) };
}
