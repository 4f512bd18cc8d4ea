import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryDetail, octaveSizes, pyramid } from '../../src/dream/octaves.js';

describe('octaveSizes', () => {
  it('divides and rounds from large to small', () => {
    expect(octaveSizes([224, 320], 4, 1.4)).toEqual([
      [81, 117],
      [114, 164],
      [160, 229],
      [224, 320],
    ]);
  });

  it('ends with the full size and never shrinks to nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 12 }), (h, w, n) => {
        const sizes = octaveSizes([h, w], n, 1.7);
        expect(sizes.at(-1)).toEqual([h, w]);
        expect(sizes.length).toBeLessThanOrEqual(n);
        for (const [height, width] of sizes) expect(Math.min(height, width)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('detail', () => {
  it('is carried exactly where the size stays the same, and vanishes where nothing was added', async () => {
    const values = (f: (i: number) => number) =>
      tf.tensor4d(
        Float32Array.from({ length: 5 * 7 * 3 }, (_, i) => f(i)),
        [1, 5, 7, 3],
      );
    const [base, picture, next] = [values(Math.sin), values((i) => Math.sin(i) + Math.cos(i)), values(() => 0)];
    const before = tf.memory().numTensors;
    const carried = carryDetail(picture, base, next);
    expect(tf.memory().numTensors).toBe(before + 1);
    (await carried.data()).forEach((value, i) => void expect(value).toBeCloseTo(Math.cos(i), 5));
    tf.dispose([base, picture, next, carried]);
  });

  it('of a constant picture stays constant in every level of the pyramid', async () => {
    const base = tf.fill([1, 23, 31, 3], 0.25) as tf.Tensor4D;
    const levels = pyramid(base, octaveSizes([23, 31], 3, 1.4));
    expect(levels.map(({ shape }) => shape)).toEqual([
      [1, 11, 16, 3],
      [1, 16, 22, 3],
      [1, 23, 31, 3],
    ]);
    for (const level of levels) for (const value of await level.data()) expect(value).toBeCloseTo(0.25, 6);
    tf.dispose([base, ...levels]);
  });
});
