import '@tensorflow/tfjs';
import {
  createRandom,
  decide,
  linearScores,
  linearSvmOptions,
  penalisedLoss,
  probabilities,
  softmaxRegressionOptions,
  trainLinearSvm,
  trainMachine,
  trainSoftmaxRegression,
} from '@featurescope/core';
import { describe, expect, it } from 'vitest';

const rows = (columns: number, ...data: number[]) => ({ columns, data: Float64Array.from(data) });

/** Three clouds around the corners of a triangle, overlapping a little. */
function clouds(perClass: number) {
  const random = createRandom(3);
  const labels = Array.from({ length: 3 * perClass }, (_, i) => i % 3);
  const centres = [
    [0, 2],
    [2, -1],
    [-2, -1],
  ] as const;
  const data = labels.flatMap((label) => [(centres[label]?.[0] ?? 0) + random.normal(), (centres[label]?.[1] ?? 0) + random.normal()]);
  return { features: rows(2, ...data), labels };
}

describe('trainSoftmaxRegression', () => {
  it('solves x = ±1 by hand: with weights ±w, l2·w = σ(−2w)', () => {
    const l2 = 0.1;
    const { kernel, bias, converged } = trainSoftmaxRegression(
      rows(1, 1, -1),
      [0, 1],
      2,
      softmaxRegressionOptions.parse({ l2, tolerance: 1e-9 }),
    );
    const w = kernel[0] ?? 0;
    expect(converged).toBe(true);
    expect(kernel[1]).toBeCloseTo(-w, 8);
    expect(l2 * w).toBeCloseTo(1 / (1 + Math.exp(2 * w)), 8);
    expect(bias[0]).toBeCloseTo(bias[1] ?? 1, 8);
  });

  it('has the gradient of its loss', () => {
    const { features, labels } = clouds(4);
    const random = createRandom(5);
    const point = Float64Array.from({ length: 9 }, () => random.normal());
    const { gradient } = penalisedLoss(point, features, labels, 3, 0.3);
    const at = (i: number, h: number) =>
      penalisedLoss(
        point.map((v, j) => (i === j ? v + h : v)),
        features,
        labels,
        3,
        0.3,
      ).value;
    for (let i = 0; i < point.length; i++) expect(gradient[i]).toBeCloseTo((at(i, 1e-5) - at(i, -1e-5)) / 2e-5, 7);
  });

  it('separates clouds', () => {
    const { features, labels } = clouds(40);
    const model = trainSoftmaxRegression(features, labels, 3, softmaxRegressionOptions.parse({}));
    const right = decide(linearScores(model, features)).filter((label, i) => label === labels[i]).length;
    expect(right / labels.length).toBeGreaterThan(0.85);
  });

  it('says what does not fit', () => {
    const options = softmaxRegressionOptions.parse({});
    expect(() => trainSoftmaxRegression(rows(1, 1, 2), [0, 0], 2, options)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Softmax regression: 1 class(es) with samples. Expected at least 2: add samples of another class.]`,
    );
    expect(() => trainSoftmaxRegression(rows(1, 1, Number.NaN), [0, 1], 2, options)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Softmax regression: row 1 holds a number that is not finite. Check the network that made it, or leave the sample out.]`,
    );
    expect(() => trainSoftmaxRegression(rows(1, 1, 2), [0, 2], 2, options)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Softmax regression: the label 2 is none of the 2 classes. Expected a whole number from 0 to 1.]`,
    );
    const model = trainSoftmaxRegression(rows(1, 1, 2), [0, 1], 2, options);
    expect(() => linearScores(model, rows(2, 1, 2))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Linear classifier: features of length 2, but it was trained on length 1. Use features of the same networks.]`,
    );
  });
});

describe('trainLinearSvm', () => {
  it('solves x = ±1 by hand: the hinge puts the margins at 1, the squared hinge at 4C/(1 + 4C)', () => {
    const signs = [1, -1];
    const hard = trainMachine(rows(1, 1, -1), signs, linearSvmOptions.parse({ loss: 'hinge', tolerance: 1e-10 }), createRandom(0));
    expect(hard.weights[0]).toBeCloseTo(1, 8);
    expect(hard.bias).toBeCloseTo(0, 8);
    // ½w² + 2C(1 − w)² is least at w = 4C/(1 + 4C).
    const soft = trainMachine(rows(1, 1, -1), signs, linearSvmOptions.parse({ c: 0.5, tolerance: 1e-10 }), createRandom(0));
    expect(soft.weights[0]).toBeCloseTo(2 / 3, 8);
  });

  it.each(['hinge', 'squared-hinge'] as const)(
    'meets the conditions of the optimum with the loss %s, and closes the duality gap',
    (loss) => {
      const { features, labels } = clouds(15);
      const c = 0.7;
      const signs = labels.map((label) => (label === 1 ? 1 : -1));
      const options = linearSvmOptions.parse({ c, loss, tolerance: 1e-8, passes: 20_000 });
      const { weights, bias, alpha, converged } = trainMachine(features, signs, options, createRandom(1));
      expect(converged).toBe(true);
      const margins = signs.map(
        (sign, i) => sign * ((weights[0] ?? 0) * (features.data[2 * i] ?? 0) + (weights[1] ?? 0) * (features.data[2 * i + 1] ?? 0) + bias),
      );
      const half = 0.5 * ((weights[0] ?? 0) ** 2 + (weights[1] ?? 0) ** 2 + bias ** 2);
      const slack = margins.map((margin) => Math.max(0, 1 - margin));
      const primal = half + c * slack.reduce((sum, v) => sum + (loss === 'hinge' ? v : v * v), 0);
      const dual = alpha.reduce((sum, a) => sum + a - (loss === 'hinge' ? 0 : (a * a) / (4 * c)), 0) - half;
      expect(primal).toBeCloseTo(dual, 5);
      alpha.forEach((a, i) => {
        const margin = margins[i] ?? 0;
        if (loss === 'squared-hinge') expect(a).toBeCloseTo(2 * c * (slack[i] ?? 0), 5);
        else if (a > 1e-9 && a < c - 1e-9) expect(margin).toBeCloseTo(1, 5);
        else if (a <= 1e-9) expect(margin).toBeGreaterThan(1 - 1e-5);
        else expect(margin).toBeLessThan(1 + 1e-5);
      });
    },
  );

  it('separates clouds, the same way each time', () => {
    const { features, labels } = clouds(40);
    const train = () => trainLinearSvm(features, labels, 3, linearSvmOptions.parse({}), createRandom(2));
    const model = train();
    expect(train()).toEqual(model);
    const right = decide(linearScores(model, features)).filter((label, i) => label === labels[i]).length;
    expect(right / labels.length).toBeGreaterThan(0.85);
  });
});

/** Nine samples of three classes, and two others; the numbers that are expected of them were found by BFGS on the primal problems in SciPy 1.17. */
describe('both classifiers', () => {
  const at = (i: number, j: number) => ((7 * i + 3 * j + i * j) % 11) / 5 - 1;
  const features = rows(4, ...Array.from({ length: 36 }, (_, i) => at(Math.floor(i / 4), i % 4)));
  const labels = Array.from({ length: 9 }, (_, i) => i % 3);
  const others = rows(4, 0.5, -0.25, 1, 0, -1, 0.75, 0.2, 0.4);

  it('agree with an independent minimum: softmax', () => {
    const model = trainSoftmaxRegression(
      features,
      labels,
      3,
      softmaxRegressionOptions.parse({ l2: 0.1, tolerance: 1e-9, iterations: 1000 }),
    );
    const found = probabilities(linearScores(model, others)).data;
    [0.310515, 0.602877, 0.086608, 0.248486, 0.09766, 0.653854].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 5);
    });
  });

  it('agree with an independent minimum: squared hinge', () => {
    const model = trainLinearSvm(
      features,
      labels,
      3,
      linearSvmOptions.parse({ c: 0.5, tolerance: 1e-9, passes: 100_000 }),
      createRandom(1),
    );
    const found = linearScores(model, others).data;
    [-0.274242, 0.605473, -1.326744, -0.387883, -1.128378, 0.589768].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 5);
    });
  });
});
