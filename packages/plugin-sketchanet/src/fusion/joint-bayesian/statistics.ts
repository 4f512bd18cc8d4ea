import { type Rows, rowOf } from '@featurescope/core';
import { Matrix } from 'ml-matrix';

/** All that EM needs of the samples: N samples of K classes in d dimensions, centred. */
export interface ClassStatistics {
  readonly samples: number;
  readonly dimensions: number;
  /** Samples of each class that has any, [K]. */
  readonly counts: readonly number[];
  /** x̄_i, [K, d]. */
  readonly means: Matrix;
  /** Σ_i Σ_j (x_ij − x̄_i)(x_ij − x̄_i)ᵀ, [d, d]. */
  readonly scatter: Matrix;
}

/** Statistics of centred rows; classes without samples are left out. */
export function classStatistics(rows: Rows, labels: ArrayLike<number>, classes: number): ClassStatistics {
  const d = rows.columns;
  const places = Array.from({ length: classes }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) places[labels[i] ?? 0]?.push(i);
  const present = places.filter(({ length }) => length > 0);
  const means = Matrix.zeros(present.length, d);
  const residuals = Matrix.zeros(labels.length, d);
  present.forEach((own, label) => {
    for (const i of own)
      means.setRow(
        label,
        Array.from(rowOf(rows, i), (value, j) => means.get(label, j) + value / own.length),
      );
    for (const i of own)
      residuals.setRow(
        i,
        Array.from(rowOf(rows, i), (value, j) => value - means.get(label, j)),
      );
  });
  return {
    samples: labels.length,
    dimensions: d,
    counts: present.map(({ length }) => length),
    means,
    scatter: residuals.transpose().mmul(residuals),
  };
}

/** Σ_i weight_i r_i r_iᵀ over rows r_i. */
export function weightedSquares(rows: Matrix, weights: readonly number[]): Matrix {
  const weighted = rows.clone();
  weights.forEach((weight, i) => {
    weighted.mulRow(i, weight);
  });
  return weighted.transpose().mmul(rows);
}
