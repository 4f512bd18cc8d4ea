import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { resample } from '../../src/loop/resample.js';

const canvas = {
  shape: [2, 7, 5, 3] as const,
  data: Float32Array.from({ length: 2 * 7 * 5 * 3 }, (_, i) => Math.sin(i * 1.3)),
};

it.each([[[13, 9]], [[4, 3]], [[7, 12]], [[1, 1]]] as const)('resizes like TensorFlow with half-pixel centres, to %j', async (size) => {
  const tensor = tf.tensor4d(canvas.data, [...canvas.shape]);
  const expected = tf.image.resizeBilinear(tensor, [...size], false, true);
  const values = await expected.data();
  const { shape, data } = resample(canvas, size);
  expect(shape).toEqual(expected.shape);
  data.forEach((value, i) => void expect(value).toBeCloseTo(values[i] ?? Number.NaN, 5));
  tf.dispose([tensor, expected]);
});

it('keeps a canvas of that size as it is', () => {
  expect(resample(canvas, [7, 5])).toBe(canvas);
});
