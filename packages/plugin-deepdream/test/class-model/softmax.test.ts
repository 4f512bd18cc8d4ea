import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softmax, topClasses } from '../../src/class-model/softmax.js';

const scores = fc
  .array(fc.float({ min: -200, max: 200, noNaN: true }), { minLength: 1, maxLength: 12 })
  .map((values) => Float32Array.from(values));

describe('softmax', () => {
  it('gives probabilities in the ratio of the powers', () => {
    const [a = 0, b = 0, c = 0] = softmax(Float32Array.of(0, Math.log(2), Math.log(5)));
    expect(a).toBeCloseTo(1 / 8, 6);
    expect(b).toBeCloseTo(2 / 8, 6);
    expect(c).toBeCloseTo(5 / 8, 6);
  });

  it('sums to 1 for scores of any size, and does not change when all scores move together', () => {
    fc.assert(
      fc.property(scores, (given) => {
        const probabilities = softmax(given);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        const moved = softmax(given.map((score) => score + 1024));
        probabilities.forEach((p, k) => void expect(moved[k]).toBeCloseTo(p, 3));
      }),
    );
  });
});

describe('the top classes', () => {
  it('come in falling order of probability, which is that of the softmax', () => {
    fc.assert(
      fc.property(scores, (given) => {
        const top = topClasses(given, 5);
        const probabilities = softmax(given);
        expect(top).toHaveLength(Math.min(5, given.length));
        for (const { class: k, probability } of top) expect(probability).toBe(probabilities[k]);
        for (const [i, { class: k }] of top.slice(1).entries()) expect(given[k]).toBeLessThanOrEqual(given[top[i]?.class ?? 0] ?? 0);
        const others = [...given.keys()].filter((k) => !top.some((one) => one.class === k));
        const least = given[top.at(-1)?.class ?? 0] ?? 0;
        for (const k of others) expect(given[k]).toBeLessThanOrEqual(least);
      }),
    );
  });

  it('are told apart by score where their probabilities are all 0, and equal ones keep the order of the classes', () => {
    expect(topClasses(Float32Array.of(-3000, -1000, 0, -2000, -1000), 5).map(({ class: k }) => k)).toEqual([2, 1, 4, 3, 0]);
  });
});
