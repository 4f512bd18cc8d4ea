import type { Padding } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { array, oneLayer, outputOf } from './one-layer.js';

const ones = (height: number, width: number) =>
  array(
    [1, height, width, 1],
    Array.from({ length: height * width }, () => 1),
  );

const none = { top: 0, left: 0, bottom: 0, right: 0 };

describe('convolution', () => {
  const conv = (kernel: readonly number[], padding: Padding = none, groups = 1) =>
    oneLayer(
      { kind: 'conv', kernelSize: [1, 2], filters: 2, stride: [1, 1], dilation: [1, 1], padding, groups, bias: true },
      2,
      new Map([
        ['layer/kernel', { shape: [1, 2, 2 / groups, 2], data: Float32Array.from(kernel) }],
        ['layer/bias', { shape: [2], data: Float32Array.from([100, 200]) }],
      ]),
    );

  it('correlates: no flip, channels innermost, filters last', () => {
    // Positions (x0, x1) with channels (c0, c1): kernel[x][c][f].
    const output = outputOf(conv([1, 10, 2, 20, 3, 30, 4, 40]), array([1, 1, 2, 2], [1, 2, 3, 4]));
    expect([...output.data]).toEqual([100 + 1 + 4 + 9 + 16, 200 + 10 * (1 + 4 + 9 + 16)]);
  });

  it('keeps groups apart', () => {
    const output = outputOf(conv([1, 10, 2, 20], none, 2), array([1, 1, 2, 2], [1, 2, 3, 4]));
    expect([...output.data]).toEqual([100 + 1 + 2 * 3, 200 + 10 * 2 + 20 * 4]);
  });

  it('pads at the end for `same`, at the start for `sameLower`', () => {
    const input = array([1, 1, 2, 2], [1, 0, 2, 0]);
    const kernel = [1, 0, 0, 0, 10, 0, 0, 0];
    expect([...outputOf(conv(kernel, 'same'), input).data].filter((_, i) => i % 2 === 0)).toEqual([121, 102]);
    expect([...outputOf(conv(kernel, 'sameLower'), input).data].filter((_, i) => i % 2 === 0)).toEqual([110, 121]);
  });
});

describe('average pooling of ones', () => {
  const pool = (options: { ceilMode: boolean; countIncludePad: boolean }, padding = { top: 0, left: 1, bottom: 0, right: 1 }) =>
    oneLayer({ kind: 'avgPool', size: [1, 3], stride: [1, 2], padding, ...options }, 1);

  it.each([
    [{ ceilMode: false, countIncludePad: true }, [2 / 3, 1]],
    [{ ceilMode: false, countIncludePad: false }, [1, 1]],
    // The third window starts at the fourth number and reaches one padded position and one beyond: divisor 2.
    [{ ceilMode: true, countIncludePad: true }, [2 / 3, 1, 1 / 2]],
    [{ ceilMode: true, countIncludePad: false }, [1, 1, 1]],
  ])('%o', (options, expected) => {
    expect([...outputOf(pool(options), ones(1, 4)).data]).toEqual(expected);
  });
});

describe('ceil mode', () => {
  const pooled = (width: number, size: number, stride: number, ceilMode: boolean, right = 0) =>
    outputOf(
      oneLayer({ kind: 'maxPool', size: [1, size], stride: [1, stride], padding: { ...none, left: right, right }, ceilMode }, 1),
      ones(1, width),
    ).shape[2];

  it('adds a window that hangs over the end', () => {
    expect([110, 26, 13, 27].map((width) => [pooled(width, 3, 2, false), pooled(width, 3, 2, true)])).toEqual([
      [54, 55],
      [12, 13],
      [6, 6],
      [13, 13],
    ]);
  });

  it('does not add one that starts in the trailing padding', () => {
    expect(pooled(5, 2, 2, true, 1)).toBe(3);
    expect(pooled(4, 2, 3, true)).toBe(2);
    expect(pooled(5, 2, 3, true)).toBe(2);
    expect(pooled(6, 1, 7, true)).toBe(1);
  });
});

describe('layout', () => {
  const map = array([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]);

  it('flattens by channel first or position first', () => {
    expect([...outputOf(oneLayer({ kind: 'flatten', order: 'hwc' }, 3), map).data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...outputOf(oneLayer({ kind: 'flatten', order: 'chw' }, 3), map).data]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('reads the rows of a dense kernel in that order', () => {
    const kernel = { shape: [6, 1], data: Float32Array.from([1, 10, 100, 1e3, 1e4, 1e5]) };
    const dense = (inputOrder: 'hwc' | 'chw') =>
      oneLayer({ kind: 'dense', units: 1, bias: false, inputOrder }, 3, new Map([['layer/kernel', kernel]]));
    expect([...outputOf(dense('hwc'), map).data]).toEqual([654_321]);
    expect([...outputOf(dense('chw'), map).data]).toEqual([635_241]);
  });

  it('pads with a constant', () => {
    const padded = outputOf(oneLayer({ kind: 'pad', padding: { top: 0, left: 1, bottom: 1, right: 0 }, value: 9 }, 1), ones(1, 2));
    expect([...padded.data]).toEqual([9, 1, 1, 9, 9, 9]);
  });
});

describe('normalisation', () => {
  it('normalises with the stored mean and variance', () => {
    const weight = (value: number) => ({ shape: [1], data: Float32Array.from([value]) });
    const weights = new Map([
      ['layer/scale', weight(3)],
      ['layer/offset', weight(1)],
      ['layer/mean', weight(2)],
      ['layer/variance', weight(15)],
    ]);
    expect([...outputOf(oneLayer({ kind: 'batchNorm', epsilon: 1 }, 1, weights), array([1, 1, 1, 1], [10])).data]).toEqual([7]);
  });

  it('takes the softmax over channels', () => {
    const { data } = outputOf(oneLayer({ kind: 'softmax' }, 2), array([1, 1, 2, 2], [0, Math.log(3), 1000, 1000]));
    expect([...data].map((value) => value.toFixed(12))).toEqual(['0.250000000000', '0.750000000000', '0.500000000000', '0.500000000000']);
  });
});
