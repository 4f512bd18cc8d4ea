import { createRows, type Rows, rowCount, rowOf, strongest } from '../algebra/rows.js';

/** Softmax of every row of logits. */
export function probabilities(logits: Rows): Rows {
  const out = createRows(rowCount(logits), logits.columns);
  for (let start = 0; start < logits.data.length; start += logits.columns) softmaxInto(logits.data, start, logits.columns, out.data);
  return out;
}

function softmaxInto(from: ArrayLike<number>, start: number, length: number, to: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = start; i < start + length; i++) top = Math.max(top, from[i] ?? 0);
  let sum = 0;
  for (let i = start; i < start + length; i++) {
    const value = Math.exp((from[i] ?? 0) - top);
    to[i] = value;
    sum += value;
  }
  for (let i = start; i < start + length; i++) to[i] = (to[i] ?? 0) / sum;
}

/** The class with the largest score, a row; ties go to the first. */
export const decide = (scores: Rows): Int32Array => Int32Array.from({ length: rowCount(scores) }, (_, i) => strongest(rowOf(scores, i)));
