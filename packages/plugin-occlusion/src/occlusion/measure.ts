import type { Patch, PatchedPasses, Shape } from '@featurescope/core';
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
  /** What an earlier run had read; it ended between two batches. */
  readonly known?: Readings;
}

/** Reads the positions of a list, a batch in one pass, and gives the number of positions after each. */
export async function* measured(measuring: Measuring, positions: readonly number[], into: Readings): AsyncGenerator<number> {
  const { grid, baseline, shape, question, passes, batchSize, signal, known } = measuring;
  for (let first = 0; first < positions.length; first += batchSize) {
    signal.throwIfAborted();
    const batch = positions.slice(first, first + batchSize);
    if (known && batch.every((position) => known.computed[position])) for (const position of batch) copy(known, into, position);
    else {
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

/** The part of the baseline that a window shows. */
export function patchAt(baseline: Float32Array, [, width, channels]: Shape, grid: WindowGrid, position: number): Patch {
  const box = boxAt(grid, position);
  const row = box.width * channels;
  const values = new Float32Array(box.height * row);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * width + box.left) * channels;
    values.set(baseline.subarray(from, from + row), y * row);
  }
  return { box, values };
}

function copy(from: Readings, to: Readings, position: number): void {
  to.scores[position] = from.scores[position] ?? 0;
  to.activity[position] = from.activity[position] ?? 0;
  to.classes[position] = from.classes[position] ?? 0;
  to.computed[position] = 1;
}
