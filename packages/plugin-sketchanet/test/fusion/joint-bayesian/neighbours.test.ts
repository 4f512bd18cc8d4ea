import { createRandom } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { fitJointBayesian, jointBayesianOptions, nearestNeighbours, neighbourOptions } from '../../../src/fusion/index.js';
import { nearest } from '../../../src/fusion/joint-bayesian/neighbours.js';

const rows = (...data: number[]) => ({ columns: 1, data: Float64Array.from(data) });

describe('nearest', () => {
  it('finds the largest, equals in their own order', () => {
    const random = createRandom(1);
    for (let trial = 0; trial < 30; trial++) {
      const values = Float64Array.from({ length: 12 }, () => random.integer(0, 6));
      const expected = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
      for (const k of [1, 4, 12]) expect([...nearest(values, k)]).toEqual(expected.slice(0, k));
    }
  });
});

describe('nearestNeighbours', () => {
  const features = rows(-10, -9, -11, 0, 1, -1, 10, 9, 11);
  const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2];
  const model = fitJointBayesian(features, labels, 3, jointBayesianOptions.parse({ ridge: 0 }));
  const classifier = (given: object) => nearestNeighbours(model, features, labels, 3, neighbourOptions.parse(given));

  it('lets each view vote once', () => {
    const vote = classifier({ k: 3 })(rows(-10, 9.9, 10.1));
    expect(vote.label).toBe(2);
    expect([...vote.votes]).toEqual([1, 0, 2]);
  });

  it('lets every neighbour vote', () => {
    // Of the four nearest to −5.2, three are negative and one is 0 or −1.
    const vote = classifier({ k: 4, votes: 'neighbours' })(rows(-8, 0));
    expect(vote.votes.reduce((sum, v) => sum + v, 0)).toBe(8);
    expect(vote.votes[0]).toBeGreaterThanOrEqual(3);
    expect(vote.votes[1]).toBeGreaterThanOrEqual(3);
  });

  it('breaks a tie by the sum of similarities', () => {
    const vote = classifier({ k: 3 })(rows(10, -11.5));
    expect([...vote.votes]).toEqual([1, 0, 1]);
    // 10 lies amid its neighbours, −11.5 beside them.
    expect(vote.label).toBe(2);
    expect(classifier({ k: 3 })(rows(11.5, -10)).label).toBe(0);
  });

  it('refuses more neighbours than samples', () => {
    expect(() => classifier({ k: 10 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Nearest neighbours: k is 10, but there are 9 training sample(s). Lower k.]`,
    );
  });
});
