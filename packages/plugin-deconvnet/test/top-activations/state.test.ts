import { describe, expect, it } from 'vitest';
import { differences, type State } from '../../src/top-activations/state.js';
import { Ranking } from '../../src/top-activations/tracking/ranking.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const stateOf = (layers: Readonly<Record<string, readonly number[]>>, model = 'a'.repeat(64)): State => ({
  model,
  size: 10,
  shard: { index: 1, of: 1 },
  done: 10,
  projected: 0,
  ranking: new Ranking(
    Object.entries(layers).map(([layer, units]) => ({ layer, units })),
    9,
  ),
});

describe('differences', () => {
  it('are none between states of the same things', () => {
    expect(differences(stateOf({ a: range(40), b: [3, 1] }), stateOf({ a: range(40), b: [3, 1] }))).toEqual([]);
  });

  it('are found in what a message would not show', () => {
    const others = [...range(30), 31, ...range(9).map((i) => i + 31)];
    expect(differences(stateOf({ a: others }), stateOf({ a: range(40) }))).toEqual([
      'units of a: 40 (… 31 31 32 33 34 35 36 37 …) there, 40 (… 30 31 32 33 34 35 36 37 …) here',
    ]);
    const models = ['0', '1'].map((last) => `${'a'.repeat(63)}${last}`);
    expect(differences(stateOf({ a: [1] }, models[0]), stateOf({ a: [1] }, models[1]))).toHaveLength(1);
  });

  it('are told of lists of other lengths, of another order, and of other layers', () => {
    expect(differences(stateOf({ a: range(9) }), stateOf({ a: range(12) }))).toEqual(['units of a: 9 there, 12 (… 9 10 11) here']);
    expect(differences(stateOf({ a: [1, 2] }), stateOf({ a: [2, 1] }))).toEqual(['units of a: 1 2 there, 2 1 here']);
    expect(differences(stateOf({ 'a, b': [1] }), stateOf({ a: [1], b: [1] }))).toEqual(['layers: a, b there, a, b here']);
  });
});
