import { dot, plainProduct, type Rows, rowCount, rowOf } from '@featurescope/core';
import { Matrix } from 'ml-matrix';
import { cholesky, logDeterminant, semidefiniteFactor, symmetric, toRows } from '../../algebra/matrices.js';
import { noWithinVariance } from '../errors.js';
import type { Covariances } from './expectation.js';

/** r(x₁, x₂) = x₁ᵀA x₁ + x₂ᵀA x₂ + 2 (Lᵀx₁)·(Lᵀx₂). */
export interface SimilarityForm {
  /** A = (S_μ + S_ε)⁻¹ − (F + G), [d, d]. */
  readonly own: Rows;
  /** L of −G = L Lᵀ, [d, rank of S_μ]. */
  readonly factor: Rows;
  /** −½(log|Σ_I| − log|Σ_E|): ½ r + offset is the log-likelihood ratio of "same class" against "different classes". */
  readonly offset: number;
}

/**
 * The similarity of joint Bayesian (Chen et al., ECCV 2012), with F = S_ε⁻¹ and G = −(2 S_μ + S_ε)⁻¹ S_μ S_ε⁻¹. −G is positive semidefinite, so
 * that it splits by Cholesky's method and a pair costs one scalar product.
 */
export function similarityForm({ between, within }: Covariances): SimilarityForm {
  const [noise, one, two] = [within, Matrix.add(between, within), Matrix.add(Matrix.mul(between, 2), within)].map(cholesky);
  if (!noise || !one || !two) throw noWithinVariance();
  const inverse = noise.solve(Matrix.eye(within.rows));
  const minusG = symmetric(two.solve(between).mmul(inverse));
  const own = symmetric(Matrix.add(Matrix.sub(one.solve(Matrix.eye(within.rows)), inverse), minusG));
  const same = logDeterminant(two) + logDeterminant(noise);
  return { own: toRows(own), factor: toRows(semidefiniteFactor(minusG)), offset: -0.5 * (same - 2 * logDeterminant(one)) };
}

/** Samples prepared for comparison: a(x) = xᵀA x and Lᵀx of each. */
export interface Comparable {
  readonly own: Float64Array;
  /** [samples, rank]. */
  readonly turned: Rows;
}

/** Prepares centred samples, [samples, d]. */
export function comparable({ own, factor }: SimilarityForm, centred: Rows): Comparable {
  const [m, k, n] = [rowCount(centred), centred.columns, factor.columns];
  const data = Float64Array.from(centred.data);
  const images = { columns: k, data: plainProduct(data, Float64Array.from(own.data), { m, k, n: k }) };
  return {
    own: Float64Array.from({ length: m }, (_, i) => dot(rowOf({ columns: k, data }, i), rowOf(images, i))),
    turned: { columns: n, data: plainProduct(data, Float64Array.from(factor.data), { m, k, n }) },
  };
}

/** r of sample i of one set with every sample of another: the larger, the more likely of the same class. */
export function similarities(a: Comparable, i: number, all: Comparable): Float64Array {
  const row = rowOf(a.turned, i);
  return all.own.map((own, j) => (a.own[i] ?? 0) + own + 2 * dot(row, rowOf(all.turned, j)));
}
