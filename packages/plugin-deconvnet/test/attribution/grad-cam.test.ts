import '@tensorflow/tfjs';
import type { CompiledNetwork, Model, Weights } from '@featurescope/core';
import { tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradCam, guidedBackprop, guidedGradCam } from '../../src/index.js';
import { conv, dense, modelOf, networkOf, plain } from '../support/networks.js';
import { attributionOfArray, eventsOf, largest, largestDifference, metricOf, tensorsOf, wave } from '../support/run.js';

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

type Pass = CompiledNetwork['gradient'];

/** A model whose passes with a gradient are changed. */
const withPass = (model: Model, change: (pass: Pass) => Pass): Model => ({
  ...model,
  compiled: { ...model.compiled, gradient: change((...given) => model.compiled.gradient(...given)) },
});

describe('the pass of Grad-CAM', () => {
  const shape = [12, 10, 3] as const;

  it.each([gradCam, guidedGradCam])('is one where the class is known or can be found on the way: %#', async (method) => {
    const model = await tinyModel();
    let [forward, down] = [0, 0];
    const counting: Model = {
      ...withPass(model, (pass) => (request, to) => {
        if (to !== undefined) down++;
        return pass(request, to);
      }),
      activations: (...given) => {
        forward++;
        return model.activations(...given);
      },
    };
    for (const options of [{}, { class: 1 }, { of: 'probabilities' as const }]) {
      [forward, down] = [0, 0];
      await attributionOfArray(method(options), counting, shape, wave(shape));
      expect([options, forward, down]).toEqual([options, 0, 1]);
    }
    model.dispose();
  });

  it('finds the strongest class as a forward pass would, with its score', async () => {
    for (const seed of [1, 2, 3]) {
      const network = networkOf(3, [conv('c', [3, 3], 4), plain('relu', 'r'), plain('globalAvgPool', 'g'), dense('d', 6)]);
      const model = await modelOf(network, shape, { seed });
      const picture = tf.tensor4d(wave(shape), [1, ...shape]);
      const scores = (await model.activations(picture, ['d'])).get('d') as tf.Tensor4D;
      const numbers = [...(await scores.data())];
      tf.dispose([picture, scores]);
      const events = await eventsOf(gradCam(), model, shape, wave(shape));
      const strongest = numbers.indexOf(Math.max(...numbers));
      expect(tensorsOf(events)[0]?.unit).toBe(strongest);
      expect(metricOf(events, 'target')).toBeCloseTo(numbers[strongest] ?? Number.NaN, 5);
      const named = await attributionOfArray(gradCam({ class: strongest }), model, shape, wave(shape));
      expect(largestDifference(tensorsOf(events)[0]?.data ?? [], named.data)).toBeLessThan(1e-6);
      model.dispose();
    }
  });

  it('is not begun once the run is over', async () => {
    const model = await tinyModel();
    const stopping = new AbortController();
    const stopped = withPass(model, (pass) => async (request, to) => {
      expect(request.signal).toBe(stopping.signal);
      stopping.abort(new Error('stopped'));
      request.signal?.throwIfAborted();
      return pass(request, to);
    });
    const before = tf.memory().numTensors;
    await expect(eventsOf(gradCam(), stopped, shape, wave(shape), { signal: stopping.signal })).rejects.toThrow('stopped');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it.each([gradCam, guidedGradCam])('leaves nothing behind when it fails, or its results cannot be read: %#', async (method) => {
    const model = await tinyModel();
    const planned = new Error('planned');
    const fails = async (): Promise<never> => Promise.reject(planned);
    const unreadable = <T extends tf.Tensor>(tensor: T): T => Object.assign(tensor, { data: fails });
    const before = tf.memory().numTensors;
    const failing = withPass(model, () => fails);
    await expect(eventsOf(method(), failing, shape, wave(shape))).rejects.toBe(planned);
    const scores = withPass(model, (pass) => async (request, to) => {
      const result = await pass(request, to);
      for (const [layer, tensor] of result.activations) if (layer === 'fc3') unreadable(tensor);
      return result;
    });
    await expect(eventsOf(method(), scores, shape, wave(shape))).rejects.toBe(planned);
    const without = withPass(model, (pass) => async (request, to) => {
      const result = await pass(request, to);
      tf.dispose([...result.activations.values()]);
      return { ...result, activations: new Map() };
    });
    await expect(eventsOf(method(), without, shape, wave(shape))).rejects.toThrow(/gave no activation of layer "relu2"/);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
