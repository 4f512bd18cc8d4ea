import '@tensorflow/tfjs';
import { createRandom, inputRange } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { pixelParameterisation } from '../../src/parameterisation/pixel.js';
import { BGR, bare, GREY, RGB } from './specs.js';

it.each([
  ['rgb', RGB],
  ['bgr', BGR],
  ['grey with a negative scale', GREY],
  ['bare', bare(6)],
])('starts around middle grey, as wide as asked of the pixel range: %s', (_name, spec) => {
  const { channels } = spec;
  const values = pixelParameterisation({ shape: [2, 80, 50, channels], spec, deviation: 0.05 }).start(createRandom(3));
  const range = inputRange(spec) ?? { min: new Array<number>(channels).fill(0), max: new Array<number>(channels).fill(255) };
  for (let c = 0; c < channels; c++) {
    const [low, high] = [range.min[c] ?? 0, range.max[c] ?? 0];
    const own = [...values.filter((_, i) => i % channels === c)].map((value) => (value - low) / (high - low));
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
    expect(own).toHaveLength(4000);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.003);
    expect(Math.abs(deviation - 0.05)).toBeLessThan(0.003);
  }
});

it('is the identity, in its gradient too', async () => {
  const before = tf.memory().numTensors;
  const pixel = pixelParameterisation({ shape: [1, 2, 2, 3], spec: RGB, deviation: 0.1 });
  expect(pixel.shape).toEqual([1, 2, 2, 3]);
  const x = tf.tensor4d(pixel.start(createRandom(1)), [1, 2, 2, 3]);
  const y = tf.tensor4d(pixel.start(createRandom(2)), [1, 2, 2, 3]);
  const picture = pixel.picture(x);
  const gradient = tf.grad((at) => pixel.picture(at as Tensor4D))(x, y);
  expect([...(await picture.data())]).toEqual([...(await x.data())]);
  expect([...(await gradient.data())]).toEqual([...(await y.data())]);
  pixel.dispose();
  tf.dispose([x, y, picture, gradient]);
  expect(tf.memory().numTensors).toBe(before);
});

it('starts a picture the same for the same seed, whatever the batch', () => {
  const start = (pictures: number, seed: number) =>
    pixelParameterisation({ shape: [pictures, 3, 4, 3], spec: RGB, deviation: 0.1 }).start(createRandom(seed));
  expect(start(2, 1)).toHaveLength(36);
  expect(start(2, 1)).toEqual(start(5, 1));
  expect(start(2, 1)).not.toEqual(start(2, 2));
});
