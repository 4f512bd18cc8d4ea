import { checkClasses, checkSamples, plainProduct, type Rows, rowCount, unfitColumns } from '@featurescope/core';
import { Matrix } from 'ml-matrix';
import { toRows } from '../../algebra/matrices.js';
import { columnMeans, type PrincipalComponents, principalComponents } from '../../algebra/principal-components.js';
import { tooManyComponents } from '../errors.js';
import { type Covariances, expectation } from './expectation.js';
import { chen2012, covariance, exact, withRidge } from './maximisation.js';
import type { JointBayesianOptions } from './options.js';
import { type SimilarityForm, similarityForm } from './similarity.js';
import { classStatistics } from './statistics.js';

/** A step of EM, as it was before its update. */
export interface EmStep {
  /** In nats, of all samples. */
  readonly logLikelihood: number;
  /** −½ N ρ tr S_ε⁻¹, the log of what a ridge ρ believes, up to a constant; 0 without a ridge. */
  readonly logPrior: number;
  /** ‖S_ε − last S_ε‖ / ‖S_ε‖ of the update, in the Frobenius norm. */
  readonly change: number;
}

/** A trained joint Bayesian model. */
export interface JointBayesian {
  /** Subtracted from features, [columns]. */
  readonly mean: Float64Array;
  /** What features are reduced to; absent when all are kept. */
  readonly components?: PrincipalComponents;
  /** S_μ and S_ε, [d, d]. */
  readonly between: Rows;
  readonly within: Rows;
  readonly similarity: SimilarityForm;
  readonly steps: readonly EmStep[];
  readonly converged: boolean;
}

/**
 * Learns S_μ and S_ε of joint Bayesian (Chen et al., ECCV 2012) from features [samples, columns]. Starts from the covariance of class means and of
 * residuals. Without random numbers.
 * @throws FeaturescopeError when labels do not fit, fewer than two classes have samples, or S_ε has no inverse
 */
export function fitJointBayesian(features: Rows, labels: ArrayLike<number>, classes: number, options: JointBayesianOptions): JointBayesian {
  checkSamples('Joint Bayesian', features, labels, classes);
  checkClasses('Joint Bayesian', labels);
  const components = options.components === 'all' ? undefined : reduced(features, options.components);
  const model = { mean: components?.mean ?? columnMeans(features), ...(components && { components }) };
  const statistics = classStatistics(centredFeatures(model, features), labels, classes);
  const maximise = options.emMode === 'exact' ? exact : chen2012;

  const residual = Matrix.div(statistics.scatter, statistics.samples);
  const ridge = (options.ridge * residual.trace()) / statistics.dimensions;
  const between = covariance(
    statistics.means,
    statistics.counts.map(() => 1),
  );
  let now: Covariances = { between, within: withRidge(residual, ridge) };
  const steps: EmStep[] = [];
  let converged = false;
  while (!converged && steps.length < options.iterations) {
    const expected = expectation(now, statistics);
    const logPrior = -0.5 * statistics.samples * ridge * expected.precision;
    const next = maximise(expected, statistics, ridge);
    const change = Matrix.sub(next.within, now.within).norm() / next.within.norm();
    steps.push({ logLikelihood: expected.logLikelihood, logPrior, change });
    converged = change <= options.tolerance;
    now = next;
  }
  return { ...model, between: toRows(now.between), within: toRows(now.within), similarity: similarityForm(now), steps, converged };
}

function reduced(features: Rows, wanted: number): PrincipalComponents {
  const components = principalComponents(features, wanted);
  if (components.variances.length < wanted) throw tooManyComponents(wanted, components.variances.length);
  return components;
}

/** Features as the model sees them: without the mean, in principal components. [rows, d]. @throws FeaturescopeError for another length */
export function centredFeatures({ mean, components }: Pick<JointBayesian, 'mean' | 'components'>, features: Rows): Rows {
  const { columns } = features;
  if (columns !== mean.length) throw unfitColumns('Joint Bayesian', columns, mean.length);
  const data = Float64Array.from(features.data, (value, i) => value - (mean[i % columns] ?? 0));
  if (!components) return { columns, data };
  const { directions } = components;
  const n = rowCount(directions);
  const turned = Float64Array.from(directions.data);
  return { columns: n, data: plainProduct(data, turned, { m: rowCount(features), k: columns, n, transposeB: true }) };
}
