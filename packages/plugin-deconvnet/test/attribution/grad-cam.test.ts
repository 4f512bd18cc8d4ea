import '@tensorflow/tfjs';
import type { Weights } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { gradCam, guidedBackprop, guidedGradCam } from '../../src/index.js';
import { conv, dense, modelOf, networkOf, plain } from '../support/networks.js';
import { attributionOfArray, eventsOf, largest, tensorsOf, wave } from '../support/run.js';

/** Every second pixel as it is in two maps; class 0 is mean(A⁰) − 2 mean(A¹), class 1 is −mean(A⁰). */
const WEIGHTS: Weights = new Map([
  ['maps/kernel', { shape: [1, 1, 2, 2], data: Float32Array.from([1, 0, 0, 1]) }],
  ['scores/kernel', { shape: [2, 2], data: Float32Array.from([1, -1, -2, 0]) }],
]);
const rows = [
  conv('maps', [1, 1], 2, 0, { stride: [2, 2], bias: false }),
  plain('globalAvgPool', 'mean'),
  dense('scores', 2, { bias: false }),
];

const SHAPE = [4, 4, 2] as const;
/** Both channels of the sampled pixels: A⁰ = [[8, 4], [0, 2]], A¹ = [[1, 3], [2, 0]]. */
const values = new Float32Array(32);
for (const [y, x, a, b] of [
  [0, 0, 8, 1],
  [0, 2, 4, 3],
  [2, 0, 0, 2],
  [2, 2, 2, 0],
] as const)
  values.set([a, b], (y * 4 + x) * 2);

describe('Grad-CAM', () => {
  it('is the worked example: weights 1/4 and −1/2, map, its positive part, and its bilinear enlargement', async () => {
    const model = await modelOf(networkOf(2, rows, WEIGHTS), SHAPE);
    const events = await eventsOf(gradCam({ class: 0, relu: false }), model, SHAPE, values);
    // α = (1, −2) / 4, so α⁰A⁰ + α¹A¹ = [[2 − ½, 1 − 3/2], [0 − 1, ½]].
    const map = [1.5, -0.5, -1, 0.5];
    expect([...(tensorsOf(events, 'coarse-map')[0]?.data ?? [])]).toEqual(map);
    const positive = await eventsOf(gradCam({ class: 0 }), model, SHAPE, values);
    expect([...(tensorsOf(positive, 'coarse-map')[0]?.data ?? [])]).toEqual([1.5, 0, 0, 0.5]);
    const [full] = tensorsOf(events);
    expect(full?.shape).toEqual([4, 4]);
    const share = [1, 0.75, 0.25, 0];
    const expected = share.flatMap((up) =>
      share.map((left) => up * (left * 1.5 + (1 - left) * -0.5) + (1 - up) * (left * -1 + (1 - left) * 0.5)),
    );
    full?.data.forEach((value, i) => void expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6));
    model.dispose();
  });

  it('is zero where nothing speaks for the class', async () => {
    const model = await modelOf(networkOf(2, rows, WEIGHTS), SHAPE);
    const { data } = await attributionOfArray(gradCam({ class: 1 }), model, SHAPE, values);
    expect(largest(data)).toBe(0);
    model.dispose();
  });

  it('has no map to weigh where no convolution gives one', async () => {
    const model = await modelOf(networkOf(2, [plain('relu', 'r'), dense('scores', 2)]), SHAPE);
    await expect(attributionOfArray(gradCam(), model, SHAPE, values)).rejects.toThrow(/no convolution below "scores".*--layer/);
    model.dispose();
  });

  it('times guided backpropagation is guided Grad-CAM', async () => {
    const shape = [10, 7, 3] as const;
    const network = networkOf(3, [
      conv('c1', [3, 3], 5, 1),
      plain('relu', 'r1'),
      conv('c2', [3, 3], 4, 0, { stride: [2, 2] }),
      plain('relu', 'r2'),
      dense('d', 3),
    ]);
    for (const seed of [1, 2, 3]) {
      const model = await modelOf(network, shape, { seed });
      const run = async (configured: Parameters<typeof attributionOfArray>[0]) => attributionOfArray(configured, model, shape, wave(shape));
      const [cam, guided, product] = [
        await run(gradCam({ class: 1, relu: false })),
        await run(guidedBackprop({ class: 1 })),
        await run(guidedGradCam({ class: 1, relu: false })),
      ];
      expect(cam.description).toContain('maps of r2');
      expect(product.shape).toEqual([...shape]);
      expect(largest(product.data)).toBeGreaterThan(1e-6);
      product.data.forEach((value, i) => void expect(value).toBeCloseTo((guided.data[i] ?? 0) * (cam.data[Math.floor(i / 3)] ?? 0), 6));
      model.dispose();
    }
  });
});
