import { Matrix } from 'ml-matrix';
import { cholesky, logDeterminant, symmetric } from '../../algebra/matrices.js';
import { noWithinVariance } from '../errors.js';
import type { ClassStatistics } from './statistics.js';

/** x = μ + ε, μ ~ N(0, between) once a class, ε ~ N(0, within) once a sample. Both [d, d]. */
export interface Covariances {
  /** S_μ. */
  readonly between: Matrix;
  /** S_ε. */
  readonly within: Matrix;
}

/** What is known of μ of every class, given its samples. */
export interface Expectation {
  /** E[μ_i], [K, d]. */
  readonly identities: Matrix;
  /** cov[μ_i], by the number of samples m. */
  readonly uncertainty: ReadonlyMap<number, Matrix>;
  /** Of all samples, in nats. */
  readonly logLikelihood: number;
  /** tr S_ε⁻¹. */
  readonly precision: number;
}

/**
 * E-step of joint Bayesian (Chen et al., ECCV 2012), with everything that depends on the class size m alone computed once a size.
 * With T = m S_μ + S_ε: E[μ] = m S_μ T⁻¹ x̄ (the paper's S_μ(F + m G) Σ x_j), cov[μ] = S_ε T⁻¹ S_μ (= (S_μ⁻¹ + m S_ε⁻¹)⁻¹ where S_μ has an inverse).
 * The likelihood of m samples is that of √m x̄ ~ N(0, T) and of m − 1 directions ~ N(0, S_ε).
 * @throws FeaturescopeError when S_ε has no inverse
 */
export function expectation(
  { between, within }: Covariances,
  { counts, means, scatter, samples, dimensions }: ClassStatistics,
): Expectation {
  const noise = cholesky(within);
  if (!noise) throw noWithinVariance();
  const identities = Matrix.zeros(means.rows, dimensions);
  const uncertainty = new Map<number, Matrix>();
  const inverse = noise.solve(Matrix.eye(dimensions));
  const scattered = Matrix.mul(inverse, scatter).sum();
  let twice = samples * dimensions * Math.log(2 * Math.PI) + (samples - counts.length) * logDeterminant(noise) + scattered;

  for (const m of new Set(counts)) {
    const total = cholesky(Matrix.add(Matrix.mul(between, m), within));
    if (!total) throw noWithinVariance();
    const gain = total.solve(between);
    uncertainty.set(m, symmetric(within.mmul(gain)));
    const places = [...counts.keys()].filter((i) => counts[i] === m);
    const own = new Matrix(places.map((i) => means.getRow(i)));
    const expected = own.mmul(gain).mul(m);
    places.forEach((i, row) => {
      identities.setRow(i, expected.getRow(row));
    });
    const whitened = total.solve(own.transpose());
    twice += places.length * logDeterminant(total) + m * Matrix.mul(own, whitened.transpose()).sum();
  }
  return { identities, uncertainty, logLikelihood: -0.5 * twice, precision: inverse.trace() };
}
