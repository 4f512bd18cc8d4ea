import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TESTED, use } from '../backend.js';
import { expectTrueGradient, filled } from './finite-differences.js';

const map = (x: Tensor): Tensor4D => x as Tensor4D;

describe.each(TESTED)('kernels on %s', (backend) => {
  let before = 0;
  beforeAll(() => use(backend));
  beforeEach(() => {
    tf.engine().startScope();
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
  });

  describe('MaxPoolGrad', () => {
    it.each([
      [[2, 2], [2, 2], 'valid'],
      [[3, 3], [2, 2], 'valid'],
      [[3, 2], [1, 2], 'same'],
    ] as const)('window %j, stride %j, %s', async (size, stride, pad) => {
      const x = tf.add(filled([2, 5, 6, 3]), 3) as Tensor;
      await expectTrueGradient((at) => tf.maxPool(map(at), [...size], [...stride], pad), x, 1e-4, 2e-2);
    });

    it('keeps the signal of windows without a positive value', async () => {
      const x = tf.sub(tf.mul(filled([1, 6, 6, 2]), 2), 5) as Tensor;
      await expectTrueGradient((at) => tf.maxPool(map(at), 2, 2, 'valid'), x, 1e-3, 2e-2);
    });

    it('sends ties to the first position in row-major order', async () => {
      const x = tf.tensor4d([0, 0, -1, -1, 0, 0, -1, -1, 2, 2, 5, 4, 1, 2, 4, 5], [1, 4, 4, 1]);
      const gradient = tf.grad((at: Tensor) => tf.maxPool(map(at), 2, 2, 'valid'))(x);
      expect([...(await gradient.data())]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    });
  });

  describe('AvgPoolGrad', () => {
    it.each([
      [[2, 2], [2, 2], 'same'],
      [[3, 3], [2, 2], 'same'],
      [[3, 2], [1, 1], 'same'],
      [[2, 3], [2, 1], 'valid'],
    ] as const)('window %j, stride %j, %s', async (size, stride, pad) => {
      await expectTrueGradient((at) => tf.avgPool(map(at), [...size], [...stride], pad), filled([2, 5, 7, 2]));
    });
  });

  describe('Conv2DBackpropInput and Conv2DBackpropFilter', () => {
    it.each([
      [[3, 3], 1, 'same'],
      [[3, 3], 1, 'valid'],
      [[5, 2], [2, 3], 'same'],
      [[2, 3], [2, 1], 'valid'],
      [[1, 1], 2, 'valid'],
    ] as [[number, number], number | [number, number], 'same' | 'valid'][])('kernel %j, stride %j, %s', async (size, stride, pad) => {
      const x = filled([2, 6, 7, 2]);
      const kernel = filled([...size, 2, 3], 3);
      await expectTrueGradient((at) => tf.conv2d(map(at), map(kernel), stride, pad), x);
      await expectTrueGradient((at) => tf.conv2d(map(x), map(at), stride, pad), kernel, 1e-2, 5e-3);
    });

    it('transposed convolution', async () => {
      const signal = filled([1, 3, 4, 2]);
      const kernel = filled([3, 3, 3, 2], 3);
      await expectTrueGradient((at) => tf.conv2dTranspose(map(at), map(kernel), [1, 6, 8, 3], 2, 'same'), signal);
    });
  });

  describe('DepthwiseConv2dNativeBackpropInput and -Filter', () => {
    it.each([
      [1, 'same', 1],
      [2, 'same', 1],
      [2, 'valid', 2],
    ] as const)('stride %i, %s, multiplier %i', async (stride, pad, multiplier) => {
      const x = filled([2, 5, 6, 3]);
      const kernel = filled([3, 2, 3, multiplier], 3);
      await expectTrueGradient((at) => tf.depthwiseConv2d(map(at), map(kernel), stride, pad), x);
      await expectTrueGradient((at) => tf.depthwiseConv2d(map(x), map(at), stride, pad), kernel, 1e-2, 5e-3);
    });
  });

  describe('UnsortedSegmentSum', () => {
    it('sums rows by segment', async () => {
      const sums = tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]), tf.tensor1d([2, 0, 2, 0], 'int32') as Tensor1D, 3);
      expect(sums.shape).toEqual([3, 2]);
      expect([...(await sums.data())]).toEqual([10, 12, 0, 0, 6, 8]);
    });

    it('as the gradient of gather', async () => {
      await expectTrueGradient((at) => tf.gather(at, tf.tensor1d([1, 0, 1, 3], 'int32')), filled([4, 3]));
      await expectTrueGradient((at) => tf.gather(at, tf.tensor1d([2, 0, 2], 'int32'), 1), filled([2, 3, 2]));
    });
  });

  describe.each([
    [
      [5, 4],
      [9, 7],
    ],
    [
      [4, 7],
      [8, 3],
    ],
    [
      [6, 6],
      [3, 3],
    ],
    [
      [3, 5],
      [7, 11],
    ],
  ] as [[number, number], [number, number]][])('resize %j to %j', (from, to) => {
    it.each([
      [false, false],
      [true, false],
      [false, true],
    ])('ResizeBilinearGrad, aligned corners %s, half-pixel centres %s', async (align, half) => {
      await expectTrueGradient((at) => tf.image.resizeBilinear(map(at), to, align, half), filled([2, ...from, 2]));
    });
    it.each([
      [false, false],
      [true, false],
      [false, true],
    ])('ResizeNearestNeighborGrad, aligned corners %s, half-pixel centres %s', async (align, half) => {
      await expectTrueGradient((at) => tf.image.resizeNearestNeighbor(map(at), to, align, half), filled([2, ...from, 2]));
    });
  });
});
