import { type Rows, rowCount, rowOf, strongest } from '@featurescope/core';
import { type Accuracy, accuracyOf } from '../fusion/interval.js';

/** The step, from 0, at which a share p of a drawing of N steps is there: t = ⌈p·N⌉, at least the first. */
export const stepAt = (fraction: number, steps: number): number =>
  // The rounding keeps 0.7 · 10 from becoming 8 steps.
  Math.min(steps, Math.max(1, Math.ceil(Number((fraction * steps).toFixed(9))))) - 1;

/**
 * Accuracy when a share of each drawing is there, with intervals of 95 %.
 * @param scores of each drawing after each step, [steps, classes]
 */
export const accuracyByCompletion = (
  scores: readonly Rows[],
  labels: ArrayLike<number>,
  fractions: readonly number[],
): (Accuracy & { readonly fraction: number })[] =>
  fractions.map((fraction) => {
    const decided = scores.map((rows) => strongest(rowOf(rows, stepAt(fraction, rowCount(rows)))));
    return { fraction, ...accuracyOf(decided, labels) };
  });
