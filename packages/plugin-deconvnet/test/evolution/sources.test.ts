import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf } from '../../src/evolution/axis.js';
import { listSources, withListed } from '../../src/evolution/sources.js';

const ALL = () => true;
const NONE = () => false;

describe('the order of checkpoints', () => {
  it.each([
    { known: [], listed: ['1', '2'], kept: ALL, order: ['1', '2'] },
    { known: ['1', '2'], listed: ['1', '2', '3'], kept: ALL, order: ['1', '2', '3'] },
    { known: ['1', '10'], listed: ['1', '5', '10'], kept: ALL, order: ['1', '5', '10'] },
    { known: ['1', '2'], listed: ['2', '3'], kept: ALL, order: ['1', '2', '3'] },
    { known: ['1', '2'], listed: ['3', '4'], kept: ALL, order: ['1', '2', '3', '4'] },
    { known: ['1', '2'], listed: ['2', '3'], kept: NONE, order: ['2', '3'] },
    { known: ['5'], listed: ['1', '2', '5'], kept: ALL, order: ['1', '2', '5'] },
  ])('of $known with $listed is $order', ({ known, listed, kept, order }) => {
    expect(withListed(known, listed, kept)).toEqual(order);
  });

  it('is that of the list when files come one by one in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 12 }), (arrival) => {
        let order: readonly string[] = [];
        arrival.forEach((_, i) => {
          const there = arrival.slice(0, i + 1).toSorted((a, b) => a - b);
          order = withListed(order, there.map(String), ALL);
        });
        expect(order).toEqual(arrival.toSorted((a, b) => a - b).map(String));
      }),
    );
  });

  it('is that of the patterns, each source once', async () => {
    const folders: Record<string, readonly string[]> = { a: ['a/1', 'a/2'], b: [], c: ['c/1', 'a/2'] };
    const listModels = async (pattern: string) => folders[pattern] ?? [pattern];
    expect(await listSources(['c', 'a', 'b', 'x.onnx'], { listModels })).toEqual({
      sources: ['c/1', 'a/2', 'a/1', 'x.onnx'],
      empty: ['b'],
    });
  });
});

describe('the axis of checkpoints', () => {
  it.each([
    [['photonet@1', 'photonet@20'], 'epoch', [1, 20], ['epoch 1', 'epoch 20']],
    [['epoch-01', 'epoch-10'], 'epoch', [1, 10], ['epoch 1', 'epoch 10']],
    [['run/net_step_500', 'run/net_step_1000'], 'step', [500, 1000], ['step 500', 'step 1000']],
    [['7', '8'], 'checkpoint', [7, 8], ['checkpoint 7', 'checkpoint 8']],
    [['a-2', 'a-1'], 'checkpoint', [1, 2], ['a-2', 'a-1']],
    [['a-1', 'b-2'], 'checkpoint', [1, 2], ['a-1', 'b-2']],
    [['first', 'last'], 'checkpoint', [1, 2], ['first', 'last']],
    [['photonet@5', 'photonet'], 'checkpoint', [1, 2], ['photonet@5', 'photonet']],
  ])('of %j counts %ss %j', (names, label, numbers, heads) => {
    expect(axisOf(names)).toEqual({ label, numbers, heads });
  });
});
