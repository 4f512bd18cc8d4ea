import { createRandom, createRows, probabilities, type Rows, rowOf } from '@featurescope/core';
import { memoryState } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionCounts, mixUps } from '../../src/fusing/confusion.js';
import { crossFitted } from '../../src/fusing/cross-fit.js';
import { balancedFeatures, unitFeatures } from '../../src/fusing/features.js';
import { partOf } from '../../src/fusing/held-out.js';
import { nameOf } from '../../src/fusing/member-names.js';
import { mistakesOf } from '../../src/fusing/mistakes.js';
import { bestOf, pooled, verdict } from '../../src/fusing/pooled.js';
import { loadReadings, saveReadings } from '../../src/fusing/readings-cache.js';
import type { Example } from '../../src/training/collection.js';
import { sketch } from '../support.js';

const rowsOf = (...rows: readonly (readonly number[])[]): Rows => ({ columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) });
const examples = (labels: readonly number[]): Example[] => labels.map((label, i) => ({ id: `id-${i}`, drawing: sketch(), label }));

function randomScores(seed: string, rows: number, columns: number): Rows {
  const random = createRandom(seed);
  const out = createRows(rows, columns);
  for (let i = 0; i < out.data.length; i++) out.data[i] = 2 * random.normal();
  return probabilities(out);
}

describe('cross-fitted weights', () => {
  const labels = Array.from({ length: 40 }, (_, i) => (i * 7) % 3);
  const members = ['a', 'b', 'c'].map((seed) => randomScores(seed, labels.length, 3));

  it('are never fitted on the drawing that they score', () => {
    const before = crossFitted(members, examples(labels)).scores;
    fc.assert(
      fc.property(fc.nat(labels.length - 1), (changed) => {
        const others = labels.map((label, i) => (i === changed ? (label + 1) % 3 : label));
        const after = crossFitted(members, examples(others)).scores;
        expect([...rowOf(after, changed)]).toEqual([...rowOf(before, changed)]);
        const elsewhere = labels.flatMap((_, i) => (partOf(`id-${i}`, 5, 'weights') === partOf(`id-${changed}`, 5, 'weights') ? [] : [i]));
        expect(elsewhere.some((i) => rowOf(after, i)[0] !== rowOf(before, i)[0])).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('are those of the one network that is right', () => {
    const right = rowsOf(...labels.map((label) => [0, 1, 2].map((c) => (c === label ? 0.9 : 0.05))));
    const wrong = rowsOf(...labels.map((label) => [0, 1, 2].map((c) => (c === label ? 0.02 : 0.49))));
    const { weights } = crossFitted([wrong, right], examples(labels));
    expect(weights[1]).toBeGreaterThan(0.999);
    expect((weights[0] ?? 0) + (weights[1] ?? 0)).toBeCloseTo(1);
  });

  it('are equal for a single drawing, which leaves none to fit on', () => {
    const { weights } = crossFitted(
      members.map((member) => ({ ...member, data: member.data.slice(0, 3) })),
      examples([1]),
    );
    expect([...weights]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
});

describe('features', () => {
  it('have mean 0 and mean squared length 1 on what they were fitted on', () => {
    const rows: Rows = { columns: 5, data: Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i) * (1 + (i % 5)) + (i % 5)) };
    const data = Float64Array.from(unitFeatures(rows)(rows).data);
    expect(data.reduce((sum, value) => sum + value * value, 0) / 12).toBeCloseTo(1);
    for (let c = 0; c < 5; c++) expect(data.filter((_, i) => i % 5 === c).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0);
  });

  it('of several networks weigh the same, whatever their scale', () => {
    const small = rowsOf([1, 2], [3, -1]);
    const large: Rows = { columns: 2, data: small.data.map((value) => 1000 * value) };
    const { columns, data } = balancedFeatures([small, large])([small, large]);
    expect(columns).toBe(4);
    for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) expect(data[4 * i + 2 + j]).toBeCloseTo(data[4 * i + j] ?? Number.NaN);
    expect(Math.hypot(...data) ** 2 / 8).toBeCloseTo(1);
  });
});

describe('verdicts', () => {
  it('of several folds are pooled by name', () => {
    const [a, b] = [verdict('m', 1, examples([0, 1]), Int32Array.of(0, 0), 'C 1'), verdict('m', 2, examples([2]), Int32Array.of(2), 'C 1')];
    const [one, ...others] = pooled([a, verdict('x', 1, examples([0]), Int32Array.of(1)), b]);
    expect(one?.folds).toEqual(Int32Array.of(1, 1, 2));
    expect(one?.decided).toEqual(Int32Array.of(0, 0, 2));
    expect(others.map(({ name }) => name)).toEqual(['x']);
    expect(bestOf(pooled([a, b, verdict('x', 1, examples([0]), Int32Array.of(1))]))?.name).toBe('m');
  });

  it('are counted by class, and mistakes begin with one of each frequent mix-up', () => {
    const one = verdict('m', 1, examples([0, 0, 0, 1, 1, 2]), Int32Array.of(1, 2, 1, 1, 0, 2));
    const counts = confusionCounts(one, 3);
    expect(counts.map((row) => [...row])).toEqual([
      [0, 2, 1],
      [1, 1, 0],
      [0, 0, 1],
    ]);
    expect(mixUps(counts)).toEqual([
      { label: 0, decided: 1, count: 2 },
      { label: 0, decided: 2, count: 1 },
      { label: 1, decided: 0, count: 1 },
    ]);
    expect(mistakesOf(one, 3)).toEqual([0, 1, 4, 2]);
  });
});

it('networks are called as their training without its fold, or as their file', () => {
  expect(nameOf({ name: 'epoch-08', details: { training: { name: 'sketchanet-64-fold-2' } } })).toBe('sketchanet-64');
  expect(nameOf({ name: 'sketchanet-64-fold-3' })).toBe('sketchanet-64');
});

describe('saved readings', () => {
  const saved = new Map([
    [
      'abc',
      [
        { columns: 2, data: Float32Array.of(1, 2, 3, 4) },
        { columns: 1, data: Float32Array.of(5) },
      ],
    ],
  ]);

  it('come back as they were', async () => {
    const state = memoryState();
    await saveReadings({ state }, saved);
    expect(await loadReadings({ state })).toEqual(saved);
  });

  it('that are damaged are not taken', async () => {
    const state = memoryState();
    await state.save(Uint8Array.of(1, 2, 3));
    expect(await loadReadings({ state })).toBeUndefined();
    expect(await loadReadings({ state: memoryState() })).toEqual(new Map());
  });
});
