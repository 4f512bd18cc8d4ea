import { createRandom, rowOf } from '@featurescope/core';
import { determinant, inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { toMatrix } from '../../../src/algebra/matrices.js';
import { fitJointBayesian, type JointBayesian, jointBayesianOptions } from '../../../src/fusion/index.js';
import { expectation } from '../../../src/fusion/joint-bayesian/expectation.js';
import { centredFeatures } from '../../../src/fusion/joint-bayesian/fit.js';
import { comparable, similarities } from '../../../src/fusion/joint-bayesian/similarity.js';
import { classStatistics } from '../../../src/fusion/joint-bayesian/statistics.js';

/** Samples of x = μ + ε with μ of deviations `spread` and ε of deviation 1, in classes of uneven size. */
function samples(classes: number, spread: readonly number[], sizeOf: (label: number) => number = (label) => 2 + (label % 3)) {
  const random = createRandom(11);
  const labels: number[] = [];
  const data: number[] = [];
  for (let label = 0; label < classes; label++) {
    const identity = spread.map((deviation) => 5 + deviation * random.normal());
    for (let j = 0; j < sizeOf(label); j++) {
      labels.push(label);
      data.push(...identity.map((value) => value + random.normal()));
    }
  }
  return { features: { columns: spread.length, data: Float64Array.from(data) }, labels, classes };
}

const options = (given: object) => jointBayesianOptions.parse({ ridge: 0, ...given });

/** log N(x; 0, Σ) from the definition. */
function logNormal(x: Matrix, covariance: Matrix): number {
  const quadratic = x.transpose().mmul(inverse(covariance)).mmul(x).get(0, 0);
  return -0.5 * (quadratic + Math.log(determinant(covariance)) + x.rows * Math.log(2 * Math.PI));
}

/** Covariance of m samples of one class: S_μ + S_ε on the diagonal, S_μ beside it. */
function jointCovariance(between: Matrix, within: Matrix, m: number): Matrix {
  const d = between.rows;
  const all = Matrix.zeros(m * d, m * d);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) all.setSubMatrix(i === j ? Matrix.add(between, within) : between, i * d, j * d);
  return all;
}

const covariancesOf = (model: JointBayesian) => ({ between: toMatrix(model.between), within: toMatrix(model.within) });

describe('expectation', () => {
  const { features, labels, classes } = samples(5, [2, 1]);
  const model = fitJointBayesian(features, labels, classes, options({ iterations: 3 }));
  const centred = centredFeatures(model, features);
  const { between, within } = covariancesOf(model);
  const { identities, uncertainty, logLikelihood } = expectation({ between, within }, classStatistics(centred, labels, classes));
  const stacked = (label: number) => Matrix.columnVector(labels.flatMap((own, i) => (own === label ? [...rowOf(centred, i)] : [])));

  it('has the likelihood of the full covariance matrices', () => {
    let sum = 0;
    for (let label = 0; label < classes; label++)
      sum += logNormal(stacked(label), jointCovariance(between, within, stacked(label).rows / 2));
    expect(logLikelihood).toBeCloseTo(sum, 8);
  });

  it('has the mean and covariance of μ by conditioning the full Gaussian, and as the paper writes them', () => {
    for (let label = 0; label < classes; label++) {
      const x = stacked(label);
      const m = x.rows / 2;
      const cross = Matrix.zeros(2, 2 * m);
      for (let j = 0; j < m; j++) cross.setSubMatrix(between, 0, 2 * j);
      const gain = cross.mmul(inverse(jointCovariance(between, within, m)));
      const mean = gain.mmul(x).to1DArray();
      const covariance = Matrix.sub(between, gain.mmul(cross.transpose()));
      const f = inverse(within);
      const g = inverse(Matrix.add(Matrix.mul(between, m), within))
        .mmul(between)
        .mmul(f)
        .mul(-1);
      const sum = Matrix.columnVector(
        [0, 1].map((k) => Array.from({ length: m }, (_, j) => x.get(2 * j + k, 0)).reduce((a, b) => a + b, 0)),
      );
      const published = between
        .mmul(Matrix.add(f, Matrix.mul(g, m)))
        .mmul(sum)
        .to1DArray();
      for (const k of [0, 1]) {
        expect(identities.get(label, k)).toBeCloseTo(mean[k] ?? 0, 9);
        expect(identities.get(label, k)).toBeCloseTo(published[k] ?? 0, 9);
        for (const l of [0, 1]) expect(uncertainty.get(m)?.get(k, l)).toBeCloseTo(covariance.get(k, l), 9);
      }
    }
  });
});

describe('fitJointBayesian', () => {
  it('never lowers the likelihood with exact EM', () => {
    for (const classes of [4, 12]) {
      const { features, labels } = samples(classes, [3, 1, 0.3]);
      const { steps } = fitJointBayesian(features, labels, classes, options({ iterations: 200 }));
      expect(steps.length).toBeGreaterThan(5);
      for (let i = 1; i < steps.length; i++)
        expect((steps[i]?.logLikelihood ?? 0) - (steps[i - 1]?.logLikelihood ?? 0)).toBeGreaterThan(-1e-8);
    }
  });

  it('never lowers likelihood and prior together with a ridge, even when a feature is constant', () => {
    const { features, labels, classes } = samples(6, [3, 1]);
    const dead = { columns: 3, data: Float64Array.from(labels.flatMap((_, i) => [...rowOf(features, i), 4])) };
    const { steps } = fitJointBayesian(dead, labels, classes, options({ ridge: 0.01, iterations: 100 }));
    const objective = steps.map(({ logLikelihood, logPrior }) => logLikelihood + logPrior);
    for (let i = 1; i < objective.length; i++) expect((objective[i] ?? 0) - (objective[i - 1] ?? 0)).toBeGreaterThan(-1e-8);
    expect(() => fitJointBayesian(dead, labels, classes, options({}))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Joint Bayesian: features do not vary within classes in every direction, so the covariance S_ε cannot be inverted. Raise ridge, lower components, or give at least two differing drawings a class.]`,
    );
  });

  it('reaches the maximum in closed form for classes of the same size in one dimension', () => {
    // Balanced random effects: S_ε = SSW / (K(m − 1)), S_μ = SSB/(K m) − S_ε/m about the known mean (Searle et al. 1992, section 3.7).
    const [classes, m] = [30, 4];
    const { features, labels } = samples(classes, [2], () => m);
    const model = fitJointBayesian(features, labels, classes, options({ tolerance: 1e-12, iterations: 5000 }));
    const { scatter, means } = classStatistics(centredFeatures(model, features), labels, classes);
    const within = scatter.get(0, 0) / (classes * (m - 1));
    const total = means.to1DArray().reduce((sum, v) => sum + v * v, 0) / classes;
    expect(model.converged).toBe(true);
    expect(model.within.data[0]).toBeCloseTo(within, 6);
    expect(model.between.data[0]).toBeCloseTo(total - within / m, 5);
  });

  it('learns what samples were drawn with by exact EM; the published EM shrinks S_μ', () => {
    const { features, labels, classes } = samples(400, [2, 0.5], () => 3);
    const [exact, published] = (['exact', 'chen2012'] as const).map((emMode) =>
      fitJointBayesian(features, labels, classes, options({ emMode })),
    );
    const diagonal = (rows: JointBayesian['between'] | undefined) => [rows?.data[0] ?? 0, rows?.data[3] ?? 0];
    const [a = 0, b = 0] = diagonal(exact?.between);
    expect(a).toBeGreaterThan(3.2);
    expect(a).toBeLessThan(4.8);
    expect(b).toBeGreaterThan(0.15);
    expect(b).toBeLessThan(0.4);
    for (const value of diagonal(exact?.within)) expect(Math.abs(value - 1)).toBeLessThan(0.12);
    expect(published?.converged).toBe(true);
    expect(diagonal(published?.between)[1]).toBeLessThan(b / 2);
  });

  it('reduces to principal components first', () => {
    const { features, labels, classes } = samples(10, [3, 2, 1]);
    const all = fitJointBayesian(features, labels, classes, options({ iterations: 20 }));
    const turned = fitJointBayesian(features, labels, classes, options({ iterations: 20, components: 3 }));
    // A rotation changes no likelihood.
    expect(turned.steps.at(-1)?.logLikelihood).toBeCloseTo(all.steps.at(-1)?.logLikelihood ?? 0, 6);
    expect(fitJointBayesian(features, labels, classes, options({ components: 2 })).between.columns).toBe(2);
    expect(() => fitJointBayesian(features, labels, classes, options({ components: 4 }))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Principal components: 4 were asked for, but the samples have at most 3. Lower components, or give more samples.]`,
    );
  });
});

describe('similarity', () => {
  it.each([
    ['of full rank', 12],
    ['without an inverse of S_μ', 3],
  ])('is the log-likelihood ratio of the explicit Gaussians, %s', (_, classes) => {
    const { features, labels } = samples(classes, [2, 1, 1]);
    const model = fitJointBayesian(features, labels, classes, options({ iterations: 10 }));
    const { between, within } = covariancesOf(model);
    const centred = centredFeatures(model, features);
    const prepared = comparable(model.similarity, centred);
    expect(prepared.turned.columns).toBe(Math.min(3, classes - 1));
    const same = jointCovariance(between, within, 2);
    const different = jointCovariance(Matrix.zeros(3, 3), Matrix.add(between, within), 2);
    for (const i of [0, 3]) {
      const r = similarities(prepared, i, prepared);
      for (let j = 0; j < labels.length; j++) {
        const pair = Matrix.columnVector([...rowOf(centred, i), ...rowOf(centred, j)]);
        const ratio = logNormal(pair, same) - logNormal(pair, different);
        expect(0.5 * (r[j] ?? 0) + model.similarity.offset).toBeCloseTo(ratio, 7);
      }
    }
  });
});
