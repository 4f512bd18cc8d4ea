import '@tensorflow/tfjs';
import {
  createRandom,
  linearScores,
  linearSvmOptions,
  type Rows,
  rowCount,
  softmaxRegressionOptions,
  trainLinearSvm,
  trainSoftmaxRegression,
} from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { fitAndDecide, prepared } from '../../src/classifiers/fit.js';
import { normalised } from '../../src/classifiers/normalise.js';
import { inTheirSpan } from '../../src/classifiers/span.js';
import { chosenStrength } from '../../src/classifiers/strength.js';

const rows = (columns: number, ...data: number[]): Rows => ({ columns, data: Float32Array.from(data) });

/** Rows of normal numbers, shifted along the first columns by the class. */
function samples(count: number, columns: number, classes: number, seed: string) {
  const random = createRandom(seed);
  const labels = Array.from({ length: count }, (_, i) => i % classes);
  const data = labels.flatMap((label) => Array.from({ length: columns }, (_, j) => random.normal() + (j === label ? 2 : 0)));
  return { rows: rows(columns, ...data), labels };
}

describe('normalised', () => {
  it('standardises by the training rows, and makes their mean squared length 1', () => {
    // Means 2 and 5, deviations 1 and 0: the second column stays as far from its mean as it is.
    const { training, tested } = normalised({ training: rows(2, 1, 5, 3, 5), tested: rows(2, 4, 6) }, 'standardise');
    expect([...training.data]).toEqual([-1, 0, 1, 0]);
    expect([...tested.data]).toEqual([2, 1]);
  });

  it('makes rows of length 1, and leaves zeros', () => {
    const { training, tested } = normalised({ training: rows(2, 3, 4, 0, 2), tested: rows(2, 0, 0) }, 'l2');
    expect([...training.data].map((v) => Number(v.toFixed(6)))).toEqual([0.6, 0.8, 0, 1]);
    expect([...tested.data]).toEqual([0, 0]);
  });

  it('divides by one number otherwise', () => {
    // Mean squared length (25 + 1) / 2 = 13.
    const { training } = normalised({ training: rows(2, 3, 4, 0, 1), tested: rows(2, 1, 1) }, 'none');
    expect(training.data[0]).toBeCloseTo(3 / Math.sqrt(13), 6);
  });
});

describe('inTheirSpan', () => {
  const learned = samples(9, 40, 3, 'span');
  const twice = { ...learned, rows: { columns: 40, data: Float32Array.from([...learned.rows.data, ...learned.rows.data]) } };
  const labels = [...learned.labels, ...learned.labels];
  const tested = samples(12, 40, 3, 'other').rows;

  it('keeps every dot product with a training row, in no more columns than these have directions', () => {
    const { training, tested: others } = inTheirSpan({ training: twice.rows, tested });
    expect(training.columns).toBe(9);
    const dot = (a: Rows, i: number, b: Rows, j: number) =>
      Array.from({ length: a.columns }, (_, k) => (a.data[i * a.columns + k] ?? 0) * (b.data[j * b.columns + k] ?? 0)).reduce(
        (x, y) => x + y,
        0,
      );
    for (let j = 0; j < rowCount(twice.rows); j++) {
      for (let i = 0; i < rowCount(tested); i++) expect(dot(others, i, training, j)).toBeCloseTo(dot(tested, i, twice.rows, j), 3);
      expect(dot(training, j, training, j)).toBeCloseTo(dot(twice.rows, j, twice.rows, j), 3);
    }
  });

  it('changes no score of a classifier that is trained there', () => {
    const span = inTheirSpan({ training: twice.rows, tested });
    const softmax = (given: Rows, others: Rows) =>
      linearScores(
        trainSoftmaxRegression(given, labels, 3, softmaxRegressionOptions.parse({ l2: 0.05, tolerance: 1e-7, iterations: 2000 })),
        others,
      ).data;
    const svm = (given: Rows, others: Rows) =>
      linearScores(trainLinearSvm(given, labels, 3, linearSvmOptions.parse({ tolerance: 1e-6, passes: 5000 }), createRandom(1)), others)
        .data;
    for (const scores of [softmax, svm]) {
      const [plain, reduced] = [scores(twice.rows, tested), scores(span.training, span.tested)];
      plain.forEach((score, i) => {
        expect(reduced[i]).toBeCloseTo(score, 3);
      });
    }
  });

  it('gives back rows that are no longer than their number', () => {
    const sides = { training: samples(9, 5, 3, 'short').rows, tested };
    expect(inTheirSpan(sides)).toEqual(sides);
  });
});

describe('chosenStrength', () => {
  const pause = async () => {};
  const labelled = { rows: rows(1, 0, 0, 0, 0, 0, 0), labels: [0, 1, 0, 1, 0, 1] };

  it('takes the price with the most right decisions, of equals the lowest', async () => {
    const at = (right: Readonly<Record<number, boolean>>) =>
      chosenStrength(
        labelled,
        (_, __, tested, price) => Int32Array.from({ length: rowCount(tested) }, (___, i) => (right[price] ? i % 2 : 1 - (i % 2))),
        pause,
      );
    expect(await at({ 1: true, 10: true })).toBe(1);
    expect(await at({ 100: true })).toBe(100);
    expect(await at({})).toBe(0.01);
  });

  it('decides on every picture once, none of them learned from, and each class known', async () => {
    const numbered = { rows: rows(1, 0, 1, 2, 3, 4, 5, 6, 7), labels: [0, 1, 0, 1, 0, 1, 0, 1] };
    const tested: number[] = [];
    await chosenStrength(
      numbered,
      (training, labels, others, price) => {
        const learned = new Set(training.data);
        for (const one of others.data) expect(learned.has(one)).toBe(false);
        expect(new Set(labels).size).toBe(2);
        if (price === 1) tested.push(...others.data);
        return new Int32Array(rowCount(others));
      },
      pause,
    );
    expect(tested.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('has nothing to choose by with one picture a class', async () => {
    expect(await chosenStrength({ rows: rows(1, 0, 1), labels: [0, 1] }, () => new Int32Array(1), pause)).toBe(1);
  });
});

describe('fitAndDecide', () => {
  it.each(['softmax', 'svm'] as const)('decides as the nearest of well parted means does, by %s', async (name) => {
    const [training, tested] = [samples(150, 8, 3, 'a'), samples(300, 8, 3, 'b')];
    const sides = prepared({ training: training.rows, tested: tested.rows }, 'standardise');
    const settings = { classes: 3, random: createRandom(1), pause: async () => {} };
    const { decided, strength } = await fitAndDecide(name, sides, training.labels, settings);
    // The rule that is best for these samples: the largest of the first three columns.
    const best = tested.labels.map((_, i) => {
      const own = [...tested.rows.data.subarray(i * 8, i * 8 + 3)];
      return own.indexOf(Math.max(...own));
    });
    const agree = best.filter((label, i) => label === decided[i]).length / best.length;
    const right = tested.labels.filter((label, i) => label === decided[i]).length / best.length;
    const bestRight = tested.labels.filter((label, i) => label === best[i]).length / best.length;
    expect(agree).toBeGreaterThan(0.85);
    expect(right).toBeGreaterThan(bestRight - 0.06);
    expect(strength).toBeGreaterThan(0);
    expect((await fitAndDecide(name, sides, training.labels, settings)).decided).toEqual(decided);
  });
});
