import { createRows, plainProduct, type Rows, rowCount } from '@featurescope/core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface PrincipalComponents {
  /** [columns]. */
  readonly mean: Float64Array;
  /** Orthonormal directions, one a row, [components, columns], of falling variance. */
  readonly directions: Rows;
  /** Variance along each, of the population. */
  readonly variances: Float64Array;
}

/** Parts of the largest variance below this count as none. */
const NO_VARIANCE = 1e-12;

/**
 * Principal components (Pearson 1901) by eigenvectors of the covariance, or of the Gram matrix when there are fewer samples than columns; fewer
 * than asked for when the samples vary in fewer directions. Takes time cubic in the smaller of the two.
 */
export function principalComponents(rows: Rows, components: number): PrincipalComponents {
  const { columns } = rows;
  const count = rowCount(rows);
  const mean = columnMeans(rows);
  const centred = Float64Array.from(rows.data, (value, i) => value - (mean[i % columns] ?? 0));
  const few = count < columns;
  const size = few ? count : columns;
  const shape = few ? { m: size, k: columns, n: size, transposeB: true } : { m: size, k: count, n: size, transposeA: true };
  const square = plainProduct(centred, centred, shape);
  const decomposition = new EigenvalueDecomposition(Matrix.from1DArray(size, size, square), { assumeSymmetric: true });
  const values = decomposition.realEigenvalues;
  const order = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const top = values[order[0] ?? 0] ?? 0;
  const kept = order.slice(0, components).filter((i) => top > 0 && (values[i] ?? 0) > NO_VARIANCE * top);

  const directions = createRows(kept.length, columns);
  kept.forEach((place, j) => {
    const vector = Float64Array.from(decomposition.eigenvectorMatrix.getColumn(place));
    const direction = few ? plainProduct(vector, centred, { m: 1, k: count, n: columns }) : vector;
    const length = few ? Math.sqrt(values[place] ?? 1) : 1;
    directions.data.set(
      direction.map((value) => value / length),
      j * columns,
    );
  });
  return { mean, directions, variances: Float64Array.from(kept, (i) => (values[i] ?? 0) / count) };
}

export function columnMeans(rows: Rows): Float64Array {
  const mean = new Float64Array(rows.columns);
  for (let i = 0; i < rows.data.length; i++) mean[i % rows.columns] = (mean[i % rows.columns] ?? 0) + (rows.data[i] ?? 0);
  return mean.map((sum) => sum / rowCount(rows));
}
