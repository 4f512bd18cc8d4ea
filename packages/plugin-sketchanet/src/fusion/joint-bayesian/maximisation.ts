import { Matrix } from 'ml-matrix';
import { symmetric } from '../../algebra/matrices.js';
import type { Covariances, Expectation } from './expectation.js';
import { type ClassStatistics, weightedSquares } from './statistics.js';

/** A new pair of covariances from what the E-step knows. `ridge` is added to the diagonal of S_ε. */
export type Maximisation = (expected: Expectation, statistics: ClassStatistics, ridge: number) => Covariances;

/**
 * Exact EM: S_μ = mean_i(C_i + μ_i μ_iᵀ), S_ε = (1/N) Σ_i (Σ_j ε_ij ε_ijᵀ + m_i C_i) + ridge, where C_i = cov[μ_i]. Never lowers the likelihood;
 * with a ridge ρ, never the likelihood plus the log prior −½ N ρ tr S_ε⁻¹.
 */
export const exact: Maximisation = ({ identities, uncertainty }, statistics, ridge) => {
  const { counts, samples, scatter } = statistics;
  const between = weightedSquares(identities, equal(counts));
  const within = Matrix.add(scatter, weightedSquares(Matrix.sub(statistics.means, identities), counts));
  for (const m of counts) {
    const own = uncertainty.get(m);
    if (!own) continue;
    between.add(own);
    within.add(Matrix.mul(own, m));
  }
  return { between: symmetric(between.div(counts.length)), within: withRidge(within.div(samples), ridge) };
};

/** As published (Chen et al., ECCV 2012): S_μ = cov{μ_i}, S_ε = cov{ε_ij}, both about their means, without the uncertainty C_i. */
export const chen2012: Maximisation = ({ identities }, statistics, ridge) => {
  const { counts, samples, scatter, means } = statistics;
  const errors = Matrix.sub(means, identities);
  const between = covariance(identities, equal(counts));
  const within = Matrix.add(Matrix.div(scatter, samples), covariance(errors, counts));
  return { between: symmetric(between), within: withRidge(within, ridge) };
};

/** Σ w r rᵀ/Σ w − r̄ r̄ᵀ over rows, with r̄ the weighted mean. */
export function covariance(rows: Matrix, weights: readonly number[]): Matrix {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = Matrix.rowVector(weights).mmul(rows).div(total);
  return weightedSquares(rows, weights).div(total).sub(mean.transpose().mmul(mean));
}

export function withRidge(matrix: Matrix, ridge: number): Matrix {
  const out = symmetric(matrix);
  for (let i = 0; i < out.rows; i++) out.set(i, i, out.get(i, i) + ridge);
  return out;
}

const equal = (counts: readonly number[]): number[] => counts.map(() => 1);
