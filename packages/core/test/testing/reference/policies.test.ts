import { type BackwardPolicy, DECONVNET, GRADIENT, GUIDED } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { array, oneLayer, outputOf, signalBelow } from './one-layer.js';

const changed = (changes: Partial<BackwardPolicy>): BackwardPolicy => ({ ...GRADIENT, ...changes });

describe('the ReLU rule on f = [1, −2, 3, −1] and R = [−5, 4, 2, −3]', () => {
  const below = (policy: BackwardPolicy) =>
    signalBelow(oneLayer({ kind: 'relu' }, 4), array([1, 1, 1, 4], [1, -2, 3, -1]), [-5, 4, 2, -3], policy);

  it.each([
    ['gradient', GRADIENT, [-5, 0, 2, 0]],
    ['deconvnet', DECONVNET, [0, 4, 2, 0]],
    ['guided backprop', GUIDED, [0, 0, 2, 0]],
    ['neither', changed({ relu: { forwardMask: false, rectifySignal: false } }), [-5, 4, 2, -3]],
  ])('%s', (_, policy, expected) => {
    expect(below(policy).map((value) => value + 0)).toEqual(expected);
  });

  it('lets nothing pass where the input is 0', () => {
    expect(signalBelow(oneLayer({ kind: 'relu' }, 1), array([1, 1, 1, 1], [0]), [1], GRADIENT)).toEqual([0]);
  });
});

describe('the max-pool rule', () => {
  const around = (n: number) => ({ top: n, left: n, bottom: n, right: n });
  const pool = (size: number, stride: number, padding = 0) =>
    oneLayer({ kind: 'maxPool', size: [size, size], stride: [stride, stride], padding: around(padding), ceilMode: false }, 1);
  const map = array([1, 3, 3, 1], [1, 5, 2, 5, 4, 0, -1, 3, 5]);

  it.each([
    ['switches, the first of a tie', 'switches', [0, 1, 0, 0, 0, 0, 0, 0, 0]],
    ['center', 'center', [0, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['all', 'all', [1, 1, 1, 1, 1, 1, 1, 1, 1]],
  ] as const)('%s, 3×3', (_, maxPool, expected) => {
    expect(signalBelow(pool(3, 1), map, [1], changed({ maxPool }))).toEqual(expected);
  });

  it.each([
    ['switches that meet add up', 'switches', [0, 3, 0, 4, 0, 0, 0, 0, 8]],
    ['center of an even window is its upper left of the middle', 'center', [1, 2, 0, 4, 8, 0, 0, 0, 0]],
    ['all that meet add up', 'all', [1, 3, 2, 5, 15, 10, 4, 12, 8]],
  ] as const)('%s, 2×2 by 1', (_, maxPool, expected) => {
    expect(signalBelow(pool(2, 1), map, [1, 2, 4, 8], changed({ maxPool }))).toEqual(expected);
  });

  it('drops a center that falls on padding, and never picks padding as the maximum', () => {
    const negative = array([1, 2, 2, 1], [-3, -1, -2, -4]);
    expect([...outputOf(pool(2, 2, 1), negative).data]).toEqual([-3, -1, -2, -4]);
    expect(signalBelow(pool(2, 2, 1), negative, [1, 2, 3, 4], GRADIENT)).toEqual([1, 2, 3, 4]);
    expect(signalBelow(pool(2, 2, 1), negative, [1, 2, 3, 4], changed({ maxPool: 'center' }))).toEqual([0, 0, 0, 4]);
  });
});

describe('local response normalisation', () => {
  const lrn = oneLayer({ kind: 'lrn', size: 3, alpha: 3, beta: 1, bias: 1 }, 3);

  it('divides by bias + α / size · Σ x² over the neighbouring channels', () => {
    expect([...outputOf(lrn, array([1, 1, 1, 3], [1, 2, 3])).data]).toEqual([1 / 6, 2 / 15, 3 / 14]);
  });

  it('is bypassed by deconvnet and guided backprop', () => {
    expect(signalBelow(lrn, array([1, 1, 1, 3], [1, 2, 3]), [7, -8, 9], DECONVNET)).toEqual([7, -8, 9]);
    expect(signalBelow(lrn, array([1, 1, 1, 3], [1, 2, 3]), [7, -8, 9], GRADIENT)).not.toEqual([7, -8, 9]);
  });
});
