import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { clipSmallContribution } from '../../src/regularisers/clip-small-contribution.js';
import { clipSmallNorm } from '../../src/regularisers/clip-small-norm.js';
import { percentile } from '../../src/regularisers/percentile.js';
import type { TensorRegulariser } from '../../src/regularisers/regulariser.js';
import { applied, type Shape4, scattered } from './setting.js';

/** The statistic over all pixels, one list for each picture. */
function statistics({ threshold }: TensorRegulariser, picture: Float32Array, gradient: Float32Array, shape: Shape4): Float32Array[] {
  return tf.tidy(() => {
    const values = threshold?.statistic(tf.tensor4d(picture, [...shape]), tf.tensor4d(gradient, [...shape]));
    if (values?.shape.join() !== shape.slice(0, 3).join()) throw new Error('one number for each pixel');
    return values.unstack().map((one) => one.dataSync() as Float32Array);
  });
}

const shape = [1, 2, 2, 3] as const;
const picture = Float32Array.of(3, 4, 0, 1, 0, 0, 0, 6, 8, 0, 0, 2);
const gradient = Float32Array.of(1, -1, 9, 5, 5, 5, 1, 0, 0, 1, 1, -3);

describe('clipping pixels of small norm', () => {
  it('compares the length of each colour', () => {
    expect(statistics(clipSmallNorm(50), picture, gradient, shape)).toEqual([Float32Array.of(5, 1, 10, 2)]);
  });

  it('blackens what is below the threshold, in all channels, and keeps what is at it', () => {
    const changed = applied(clipSmallNorm(50), picture, shape, { threshold: [5] });
    expect([...changed]).toEqual([3, 4, 0, 0, 0, 0, 0, 6, 8, 0, 0, 0]);
  });
});

describe('clipping pixels of small contribution', () => {
  it('compares |Σ x · g| over the channels', () => {
    expect(statistics(clipSmallContribution(50), picture, gradient, shape)).toEqual([Float32Array.of(1, 5, 0, 6)]);
  });

  it('keeps a pixel whose contribution is large either way', () => {
    const changed = applied(clipSmallContribution(50), picture, shape, { gradient, threshold: [5] });
    expect([...changed]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
  });
});

describe('the threshold', () => {
  it.each([0, 10, 50, 90])('at %i percent takes that share of each picture', (p) => {
    const size = [2, 10, 10, 3] as const;
    const pictures = scattered(size);
    pictures.subarray(300).forEach((value, i) => {
      pictures[300 + i] = value * 50;
    });
    const gradients = scattered(size, 1, 2);
    for (const clip of [clipSmallNorm(p), clipSmallContribution(p)]) {
      const threshold = statistics(clip, pictures, gradients, size).map((values) => percentile(values, p));
      const changed = applied(clip, pictures, size, { gradient: gradients, threshold });
      for (const n of [0, 1]) {
        const black = Array.from({ length: 100 }, (_, i) => changed.subarray(n * 300 + i * 3, n * 300 + i * 3 + 3)).filter((pixel) =>
          pixel.every((value) => value === 0),
        );
        expect(black).toHaveLength(p);
      }
    }
  });

  it('does not hide values that are not numbers', () => {
    const broken = Float32Array.of(Number.NaN, 0, 0, 1, 0, 0, 0, 6, 8, 0, 0, 2);
    expect(applied(clipSmallNorm(50), broken, shape, { threshold: [5] })[0]).toBeNaN();
  });
});
