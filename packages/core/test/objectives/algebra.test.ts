import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channel, l2Norm, mean, type Objective, sum, totalVariation } from '../../src/index.js';

const objective: fc.Arbitrary<Objective> = fc.oneof(
  fc.constantFrom('conv1', 'conv2').map(l2Norm),
  fc.integer({ min: 0, max: 3 }).map((c) => channel('conv1', c)),
  fc.constant(totalVariation()),
);
const objectives = fc.array(objective, { minLength: 1, maxLength: 5 });
const factor = fc.double({ min: -8, max: 8, noNaN: true });

const weights = (o: Objective): number[] => o.terms.map(({ weight }) => weight);
const names = (o: Objective): string[] => o.terms.map(({ name }) => name);

describe('objective algebra', () => {
  it('adds terms and keeps every weight its own', () => {
    fc.assert(
      fc.property(objectives, objectives, factor, factor, (a, b, p, q) => {
        const combined = sum(a).times(p).plus(sum(b).times(q));
        expect(weights(combined)).toEqual([...a.map(() => p), ...b.map(() => q)]);
        expect(weights(sum(a).minus(sum(b)))).toEqual([...a.map(() => 1), ...b.map(() => -1)]);
      }),
    );
  });

  it('is associative, also in the names of terms', () => {
    fc.assert(
      fc.property(objective, objective, objective, (a, b, c) => {
        const left = a.plus(b).plus(c);
        const right = a.plus(b.plus(c));
        expect(names(left)).toEqual(names(right));
        expect(left.name).toBe(right.name);
      }),
    );
  });

  it('gives every term a name of its own', () => {
    fc.assert(
      fc.property(objectives, (list) => {
        expect(new Set(names(sum(list))).size).toBe(list.length);
      }),
    );
  });

  it('never changes its operands', () => {
    fc.assert(
      fc.property(objective, objective, factor, (a, b, p) => {
        const before = [weights(a), names(a), weights(b), names(b), a.name, b.name];
        a.plus(b).minus(a).times(p);
        mean([a, b, a]);
        expect([weights(a), names(a), weights(b), names(b), a.name, b.name]).toEqual(before);
      }),
    );
  });

  it('makes objectives that cannot be changed', () => {
    fc.assert(
      fc.property(objectives, factor, (list, p) => {
        for (const made of [...list, sum(list), sum(list).times(p)])
          for (const part of [made, made.terms, ...made.terms]) expect(Object.isFrozen(part)).toBe(true);
      }),
    );
  });

  it('divides a mean by the number of objectives', () => {
    expect(weights(mean([l2Norm('a'), l2Norm('b'), l2Norm('c'), l2Norm('d')]))).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('names what it combines', () => {
    const combined = l2Norm('a')
      .times(2)
      .minus(channel('b', 1).plus(l2Norm('a')));
    expect(combined.name).toBe('2 · l2(a) − (channel(b, 1) + l2(a))');
    expect(names(combined)).toEqual(['l2(a)', 'channel(b, 1)', 'l2(a) (2)']);
  });
});
