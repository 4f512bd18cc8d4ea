import { type Network, sideBySide, type Weight, type Weights, weightsFrom } from '@featurescope/core';
import { describe, expect, it } from 'vitest';

const weight = (shape: readonly number[], from: number): Weight => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => from + i),
});
const network = (weights: Weights): Network => ({ input: { name: 'input', shape: [1, 1, 1] }, layers: [], outputs: [], weights });

describe('weights of another network', () => {
  it('are taken where name and shape are the same', () => {
    const own = new Map([
      ['a/kernel', weight([2, 3], 0)],
      ['b/kernel', weight([2, 2], 0)],
      ['c/kernel', weight([2], 0)],
    ]);
    const source = new Map([
      ['a/kernel', weight([2, 3], 100)],
      ['b/kernel', weight([2, 5], 100)],
      ['d/kernel', weight([2], 100)],
    ]);
    const { weights, taken } = weightsFrom(network(own), source);
    expect(taken).toBe(1);
    expect(weights.get('a/kernel')).toBe(source.get('a/kernel'));
    for (const name of ['b/kernel', 'c/kernel']) expect(weights.get(name)).toBe(own.get(name));
  });

  it('go to the last channels of a kernel that sees more, with zeros before', () => {
    const source = new Map([['conv/kernel', weight([1, 2, 1, 3], 1)]]);
    const { weights } = weightsFrom(network(new Map([['conv/kernel', weight([1, 2, 3, 3], 0)]])), source);
    expect([...(weights.get('conv/kernel')?.data ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 4, 5, 6]);
  });

  it('are not taken for a kernel that sees fewer channels, or has other filters', () => {
    const source = new Map([['conv/kernel', weight([1, 1, 4, 2], 1)]]);
    for (const shape of [
      [1, 1, 3, 2],
      [1, 1, 5, 3],
      [1, 2, 5, 2],
    ])
      expect(weightsFrom(network(new Map([['conv/kernel', weight(shape, 0)]])), source).taken).toBe(0);
  });
});

describe('networks side by side', () => {
  it('have their filters one after the other', () => {
    const joined = sideBySide([
      new Map([
        ['k', weight([1, 2, 2], 0)],
        ['b', weight([2], 0)],
      ]),
      new Map([
        ['k', weight([1, 2, 2], 10)],
        ['b', weight([2], 10)],
      ]),
    ]);
    expect(joined.get('k')).toEqual({ shape: [1, 2, 4], data: Float32Array.of(0, 1, 10, 11, 2, 3, 12, 13) });
    expect([...(joined.get('b')?.data ?? [])]).toEqual([0, 1, 10, 11]);
  });

  it('share no weight that one of them lacks, or has in another shape', () => {
    const [one, other] = [new Map([['k', weight([2], 0)]]), new Map([['k', weight([3], 0)]])];
    expect(sideBySide([one, other]).size).toBe(0);
    expect(sideBySide([one, new Map()]).size).toBe(0);
  });
});
