import { createRows, type Rows, rowCount } from '@featurescope/core';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

export const toMatrix = (rows: Rows): Matrix => Matrix.from1DArray(rowCount(rows), rows.columns, rows.data);

export function toRows(matrix: Matrix): Rows {
  const out = createRows(matrix.rows, matrix.columns);
  for (let i = 0; i < matrix.rows; i++) for (let j = 0; j < matrix.columns; j++) out.data[i * matrix.columns + j] = matrix.get(i, j);
  return out;
}

/** (M + Mᵀ)/2: what rounding made unequal becomes equal again. */
export const symmetric = (matrix: Matrix): Matrix => Matrix.add(matrix, matrix.transpose()).mul(0.5);

/** Cholesky decomposition, or nothing when the matrix is not positive definite. */
export function cholesky(matrix: Matrix): CholeskyDecomposition | undefined {
  const decomposition = new CholeskyDecomposition(matrix);
  return decomposition.isPositiveDefinite() ? decomposition : undefined;
}

/** log det of the decomposed matrix: 2 Σ log L_ii. */
export const logDeterminant = ({ lowerTriangularMatrix }: CholeskyDecomposition): number =>
  lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + 2 * Math.log(value), 0);

/** Entries below this part of the largest on the diagonal count as rounding. */
const RANK_TOLERANCE = 1e-12;

/**
 * L of a symmetric positive semidefinite matrix M = L Lᵀ, [d, rank], by Cholesky's method with pivots on the diagonal (Higham 1990): also
 * when M has no inverse, and then with fewer columns.
 */
export function semidefiniteFactor(matrix: Matrix): Matrix {
  const d = matrix.rows;
  const rest = matrix.diagonal();
  const enough = RANK_TOLERANCE * Math.max(...rest, 0);
  const columns: Float64Array[] = [];
  while (columns.length < d) {
    const pivot = rest.reduce((best, value, i) => (value > (rest[best] ?? 0) ? i : best), 0);
    const top = rest[pivot] ?? 0;
    if (top <= enough) break;
    const column = new Float64Array(d);
    for (let i = 0; i < d; i++) {
      let value = matrix.get(i, pivot);
      for (const before of columns) value -= (before[i] ?? 0) * (before[pivot] ?? 0);
      column[i] = value / Math.sqrt(top);
      rest[i] = i === pivot ? 0 : (rest[i] ?? 0) - (column[i] ?? 0) ** 2;
    }
    columns.push(column);
  }
  const factor = Matrix.zeros(d, columns.length);
  columns.forEach((column, j) => {
    column.forEach((value, i) => {
      factor.set(i, j, value);
    });
  });
  return factor;
}
