import type { InputRange, InputSpec, Model } from '@featurescope/core';
import type { Canvas, CanvasShape } from '../loop/canvas.js';
import type { Phase, Stage } from '../loop/course.js';
import { evaluate } from '../loop/evaluation.js';
import { shareAtEnds } from '../loop/guard.js';
import { pixelRange } from '../loop/range.js';
import { clampRange } from '../regularisers/clamp-range.js';
import { greyUnits } from './grey-units.js';
import type { InversionLoss } from './loss.js';
import { NAME } from './name.js';
import type { InvertOptions } from './options.js';
import type { SchedulePart } from './schedule.js';
import { stepOf } from './steps.js';

/** Series of the whole loss and of ‖Φ − Φ0‖² / ‖Φ0‖². */
export const LOSS = 'loss';
export const RELATIVE_ERROR = 'relative-error';

/** One step down the loss; the penalties with their weights are noted for the plot. */
const descentPhase = (
  model: Model,
  { objective, distance, penalties }: InversionLoss,
  step: readonly number[],
  signal: AbortSignal,
): Phase => ({
  step,
  evaluate: async (canvas, { space }) => {
    const { value, series, gradient } = await evaluate(canvas, { model, objective, room: space.scratch('gradient', canvas.shape), signal });
    return {
      value,
      gradient,
      series: new Map([
        [LOSS, -value],
        [RELATIVE_ERROR, series.get(distance) ?? Number.NaN],
      ]),
      notes: new Map([...penalties].map(([name, { term, weight }]) => [name, weight * (series.get(term) ?? Number.NaN)])),
    };
  },
});

interface DescentParts {
  readonly model: Model;
  readonly loss: InversionLoss;
  readonly options: InvertOptions;
  /** Base rate, before the factors of the schedule. */
  readonly rate: number;
  readonly shape: CanvasShape;
  readonly signal: AbortSignal;
  start(): Canvas;
}

/** The stages of a course: momentum starts again from 0 with each, since a step that was right for one rate overshoots with the next. */
export const descentStages = (
  { model, loss, options, rate, shape, signal, start }: DescentParts,
  parts: readonly SchedulePart[],
): Stage[] =>
  parts.map(({ factor, iterations }, i) => ({
    label: `part ${i + 1}/${parts.length}`,
    iterations,
    begin: async (before) => before ?? start(),
    phases: [descentPhase(model, loss, stepOf(options.stepRule, factor * rate, greyUnits(model.input), shape), signal)],
  }));

/** Times the pixel range that values may fill before a descent without a clamp has diverged. */
const BEYOND = 4;

/**
 * The range whose ends only a diverging picture reaches: that of the clamp, unless the picture looked for is itself at the ends, as
 * drawings are; else several times as much, since nothing keeps a reconstruction inside.
 */
export function divergenceRange(spec: InputSpec, clamp: InvertOptions['clamp'], wanted: Canvas): InputRange | undefined {
  const clamped = clampRange(clamp, spec, NAME);
  if (clamped) return shareAtEnds(wanted, clamped) < 0.25 ? clamped : undefined;
  const range = pixelRange(spec);
  const widened = (by: 1 | -1): number[] =>
    range.min.map((low, c) => {
      const high = range.max[c] ?? low;
      return (low + high) / 2 + (by * BEYOND * (high - low)) / 2;
    });
  return { min: widened(-1), max: widened(1) };
}
