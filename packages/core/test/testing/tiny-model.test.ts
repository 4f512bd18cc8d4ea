import '@tensorflow/tfjs';
import { GRADIENT } from '@featurescope/core';
import { tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { memory, tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

describe('the tiny model', () => {
  it('has the same weights every time', () => {
    expect(tinyNetwork().weights.get('conv1/kernel')).toEqual(tinyNetwork().weights.get('conv1/kernel'));
  });

  it('gives probabilities of four classes for pictures of its size and others', async () => {
    const model = await tinyModel();
    const before = memory().numTensors;
    for (const size of [
      [12, 10],
      [20, 31],
    ] as const) {
      const image = tensor4d(
        Float32Array.from({ length: size[0] * size[1] * 3 }, (_, i) => Math.sin(i)),
        [1, ...size, 3],
      );
      const activations = await model.activations(image, ['prob']);
      const probabilities = [...((await activations.get('prob')?.data()) ?? [])];
      expect(probabilities).toHaveLength(4);
      expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      image.dispose();
      for (const tensor of activations.values()) tensor.dispose();
    }
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('has a gradient that is not zero', async () => {
    const model = await tinyModel();
    const image = tensor4d(new Float32Array(360), [1, 12, 10, 3]);
    const signal = tensor4d([0, 1, 0, 0], [1, 1, 1, 4]);
    const gradient = await model.project(image, 'fc3', signal, GRADIENT);
    expect(Math.max(...(await gradient.data()).map(Math.abs))).toBeGreaterThan(0.001);
    for (const tensor of [image, signal, gradient]) tensor.dispose();
    model.dispose();
  });
});
