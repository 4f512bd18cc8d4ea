import { attributionOf } from './attribution.js';
import type { Baseline } from './baseline.js';
import { type Measuring, measured } from './measure.js';
import type { OcclusionOptions } from './options.js';
import type { Readings } from './readings.js';
import { type Refinement, refined } from './refine.js';
import type { Subject } from './subject.js';
import { positionCount, type WindowGrid } from './windows.js';

/** What one window gave on one input. */
export interface Study {
  readonly grid: WindowGrid;
  readonly baseline: Baseline;
  readonly readings: Readings;
  /** [H, W]. */
  readonly attribution: Float32Array;
  /** Where not every position was measured. */
  readonly refinement?: Refinement;
}

const STEP = 4;
const TOLERANCE = 0.2;

/** Reads all positions of a window; gives the number of positions that were read after each pass. */
export async function* studied(
  measuring: Measuring & { readonly question: Subject },
  readings: Readings,
  { refine, refineStep = STEP, refineTolerance = TOLERANCE }: OcclusionOptions,
): AsyncGenerator<number, Study> {
  const { grid, baseline, question } = measuring;
  const compute = (positions: readonly number[]) => measured(measuring, positions, readings);
  const refinement = refine ? yield* refined(grid, readings, { step: refineStep, tolerance: refineTolerance }, compute) : undefined;
  if (!refine) yield* compute(Array.from({ length: positionCount(grid) }, (_, i) => i));
  const attribution = attributionOf(grid, question.whole.score, readings.scores);
  return { grid, baseline, readings, attribution, ...(refinement ? { refinement } : {}) };
}
