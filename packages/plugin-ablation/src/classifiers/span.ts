import { type FloatArray, fastProduct, type Rows, rowCount } from '@featurescope/core';
import type { Sides } from './normalise.js';

/** Directions that carry less than this part of the longest training row are left out: single precision does not know them. */
const TOLERANCE = 1e-6;

/** Of more training rows the products and their factorisation take longer than they save. */
const MOST_ROWS = 2500;

/**
 * The same rows in coordinates of the space that the training rows span, at most as many as there are training rows. What a linear classifier with an
 * L2 penalty learns lies in that space (representer theorem) and the penalty does not see rotations: its scores stay what they are,
 * and it is trained in a fraction of the time. Rows that are no longer than that, or are very many, are given back.
 */
export function inTheirSpan({ training, tested }: Sides): Sides {
  const count = rowCount(training);
  if (training.columns <= count || count > MOST_ROWS) return { training, tested };
  const { factor, pivots } = pivotedCholesky(products(training, training), count);
  const rank = pivots.length;
  const across = products(tested, training);
  const data = new Float64Array(rowCount(tested) * rank);
  for (let i = 0; i < rowCount(tested); i++)
    for (let j = 0; j < rank; j++) {
      const pivot = pivots[j] ?? 0;
      let value = across[i * count + pivot] ?? 0;
      for (let k = 0; k < j; k++) value -= (data[i * rank + k] ?? 0) * (factor[pivot * rank + k] ?? 0);
      data[i * rank + j] = value / (factor[pivot * rank + j] ?? 1);
    }
  return { training: { columns: rank, data: factor }, tested: { columns: rank, data } };
}

/** Dot products of each row of one with each row of the other, [rows of a, rows of b]. */
const products = (a: Rows, b: Rows): FloatArray =>
  fastProduct()(a.data, b.data, { m: rowCount(a), k: a.columns, n: rowCount(b), transposeB: true });

/** L [n, rank] with M = L Lᵀ of a symmetric positive semidefinite matrix [n, n], by Cholesky's method with pivots on the diagonal (Higham 1990). */
function pivotedCholesky(matrix: FloatArray, n: number): { readonly factor: Float64Array; readonly pivots: readonly number[] } {
  const rest = Float64Array.from({ length: n }, (_, i) => matrix[i * n + i] ?? 0);
  const enough = TOLERANCE * rest.reduce((most, value) => Math.max(most, value), 0);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  while (columns.length < n) {
    const pivot = rest.reduce((best, value, i) => (value > (rest[best] ?? 0) ? i : best), 0);
    const top = rest[pivot] ?? 0;
    if (top <= enough) break;
    const column = new Float64Array(n);
    const root = Math.sqrt(top);
    for (let i = 0; i < n; i++) column[i] = matrix[i * n + pivot] ?? 0;
    for (const before of columns) {
      const own = before[pivot] ?? 0;
      for (let i = 0; i < n; i++) column[i] = (column[i] ?? 0) - (before[i] ?? 0) * own;
    }
    for (let i = 0; i < n; i++) {
      column[i] = (column[i] ?? 0) / root;
      rest[i] = (rest[i] ?? 0) - (column[i] ?? 0) ** 2;
    }
    rest[pivot] = 0;
    columns.push(column);
    pivots.push(pivot);
  }
  return { factor: transposed(columns, n), pivots };
}

function transposed(columns: readonly Float64Array[], n: number): Float64Array {
  const rank = columns.length;
  const factor = new Float64Array(n * rank);
  for (const [j, column] of columns.entries()) for (let i = 0; i < n; i++) factor[i * rank + j] = column[i] ?? 0;
  return factor;
}
