import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatenateFeatures,
  decide,
  fitStandardisation,
  fitWeights,
  meanOfViews,
  meanScores,
  probabilities,
  type Rows,
  standardise,
  weightedScores,
} from '../../src/fusion/index.js';

const rows = (columns: number, ...data: number[]) => ({ columns, data: Float64Array.from(data) });

describe('scores', () => {
  it('means and weighs', () => {
    const [a, b] = [rows(2, 1, 0, 0.5, 0.5), rows(2, 0, 1, 0.1, 0.9)];
    expect([...meanScores([a, b]).data]).toEqual([0.5, 0.5, 0.3, 0.7]);
    expect([...weightedScores([a, b], [3, 1]).data]).toEqual([0.75, 0.25, 0.4, 0.6]);
    expect([...decide(weightedScores([a, b], [3, 1]))]).toEqual([0, 1]);
    expect([...decide(meanScores([a, b]))]).toEqual([0, 1]);
  });

  it('gives probabilities without overflow, the same for shifted logits', () => {
    expect([...probabilities(rows(2, 0, Math.log(3))).data].map((v) => Number(v.toFixed(12)))).toEqual([0.25, 0.75]);
    expect([...probabilities(rows(2, 1000, 1000)).data]).toEqual([0.5, 0.5]);
  });

  it('lays features side by side, a drawing a row', () => {
    const joined = concatenateFeatures([rows(2, 1, 2, 3, 4), rows(1, 5, 6)]);
    expect([joined.columns, ...joined.data]).toEqual([3, 1, 2, 5, 3, 4, 6]);
  });

  it('means the views of a drawing', () => {
    expect([...meanOfViews(rows(2, 1, 2, 3, 4, 5, 6, 7, 8), 2).data]).toEqual([2, 3, 6, 7]);
  });

  it('standardises, leaving constant columns at 0', () => {
    const given = rows(2, 1, 7, 3, 7);
    expect([...standardise(given, fitStandardisation(given)).data]).toEqual([-1, 0, 1, 0]);
  });

  it('says what does not fit', () => {
    expect(() => meanScores([])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Fusion was given no network. Expected the scores or features of at least one: train an ensemble first.]`,
    );
    expect(() => meanScores([rows(2, 1, 2), rows(2, 1, 2, 3, 4)])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Network 2 has 2 row(s), but network 1 has 1. Give every network the same drawings in the same order, and the same classes.]`,
    );
    expect(() => weightedScores([rows(2, 1, 2)], [-1])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The weights [-1] do not fit 1 network(s). Expected 1 number(s) of at least 0 that are not all 0.]`,
    );
  });
});

describe('fitWeights', () => {
  const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  const sample = fc.tuple(fc.array(probability, { minLength: 3, maxLength: 3 }), fc.constantFrom(0, 1));
  const member = (samples: readonly (readonly [readonly number[], number])[], m: number) =>
    rows(2, ...samples.flatMap(([p]) => [p[m] ?? 0, 1 - (p[m] ?? 0)]));

  it('is never worse than equal weights on what it was fitted on, and meets the conditions of the optimum', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 4, maxLength: 12 }), (samples) => {
        const members = [0, 1, 2].map((m) => member(samples, m));
        const labels = samples.map(([, label]) => label);
        const { weights, loss, equalLoss, converged } = fitWeights(members, labels);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
        expect(loss).toBeLessThanOrEqual(equalLoss + 1e-12);
        expect(converged).toBe(true);
        const at = (rows: Rows, i: number) => rows.data[2 * i + (labels[i] ?? 0)] ?? 0;
        const fused = weightedScores(members, weights);
        const own = -labels.reduce<number>((sum, _, i) => sum + Math.log(Math.max(1e-12, at(fused, i))), 0) / labels.length;
        expect(loss).toBeCloseTo(own, 9);
        // Karush–Kuhn–Tucker: moving weight to any network may not pay.
        for (const one of members)
          expect(labels.reduce<number>((sum, _, i) => sum + at(one, i) / at(fused, i), 0) / labels.length).toBeLessThan(1 + 1e-5);
      }),
      { numRuns: 40 },
    );
  });

  it('stays finite when no network gives the right class any probability', () => {
    const { weights, loss } = fitWeights([rows(2, 1, 0, 1, 0), rows(2, 1, 0, 0.5, 0.5)], [1, 1]);
    expect(Number.isFinite(loss)).toBe(true);
    expect(weights[1]).toBeGreaterThan(0.99);
  });

  it('solves a case by hand: of a sure network right in 3 of 4 and one that always says ½, w = ½', () => {
    // −¾ log(½ + w/2) − ¼ log(½ − w/2) is least where ¾/(1 + w) = ¼/(1 − w).
    const sure = rows(2, 1, 0, 1, 0, 1, 0, 0, 1);
    const unsure = rows(2, ...Array.from({ length: 8 }, () => 0.5));
    const { weights, converged } = fitWeights([sure, unsure], [0, 0, 0, 0]);
    expect(converged).toBe(true);
    expect(weights[0]).toBeCloseTo(0.5, 5);
  });
});
