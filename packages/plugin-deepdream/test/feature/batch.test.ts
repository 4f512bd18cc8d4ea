import '@tensorflow/tfjs';
import { createModel, type Model, type Network, type Weight } from '@featurescope/core';
import { bareModel, memoryState, referenceExecutor, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { events, farthest, rows, tensors } from './support.js';

const size: [number, number] = [12, 10];

/** Mean cosine between the Gram matrices of activations [N, H, W, C] of different pictures. */
async function likeness(model: Model, layer: string, made: ReturnType<typeof tensors>): Promise<number> {
  const grams: Float64Array[] = [];
  for (const { shape, data } of made) {
    const image = tf.tensor4d(data, [1, shape[0] ?? 0, shape[1] ?? 0, shape[2] ?? 0]);
    const activation = (await model.activations(image, [layer])).get(layer);
    const [, height = 0, width = 0, channels = 0] = activation?.shape ?? [];
    const a = (await activation?.data()) ?? new Float32Array();
    const gram = new Float64Array(channels * channels);
    for (let p = 0; p < height * width; p++)
      for (let i = 0; i < gram.length; i++)
        gram[i] = (gram[i] ?? 0) + (a[p * channels + Math.floor(i / channels)] ?? 0) * (a[p * channels + (i % channels)] ?? 0);
    grams.push(gram);
    tf.dispose([image, activation as tf.Tensor]);
  }
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const cosines = grams.flatMap((a, i) => grams.flatMap((b, j) => (i === j ? [] : [dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))])));
  return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
}

describe('a batch of one unit', () => {
  it('differs more the more weight its diversity has', async () => {
    const model = await tinyModel();
    const options = { size, iterations: 20, layer: 'conv2', unit: 6, batch: 3 };
    const alike = await likeness(model, 'relu1', tensors(await events({ ...options, diversity: 0 })));
    const apart = await likeness(model, 'relu1', tensors(await events({ ...options, diversityLayer: 'relu1', diversity: 4 })));
    expect(apart).toBeLessThan(alike - 0.02);
  });

  it('tells activation and diversity at every step', async () => {
    const all = await events({ size, iterations: 3, layer: 'relu2', unit: 7, batch: 2 });
    const series = all.flatMap((event) => (event.type === 'metric' ? [event.series] : []));
    expect(series.slice(0, 3)).toEqual(['objective', 'activation', 'diversity']);
    const names = all.flatMap((event) => (event.type === 'artifact' ? [event.artifact.name] : []));
    expect(names).toEqual(expect.arrayContaining(['image-1', 'image-2', 'feature-1', 'feature-2', 'sheet', 'features']));
  });
});

/** The tiny network with the bias of one unit of its second convolution lowered. */
async function dimmed(unit: number, by: number): Promise<Model> {
  const network = tinyNetwork();
  const bias = network.weights.get('conv2/bias') as Weight;
  const data = bias.data.map((value, i) => (i === unit ? value - by : value));
  const weights: Network['weights'] = new Map([...network.weights, ['conv2/bias', { ...bias, data }]]);
  const { input, labels = [] } = await tinyModel();
  return createModel({ name: 'dimmed', network: { ...network, weights }, input, labels, executor: referenceExecutor });
}

describe('a unit that is off', () => {
  it('is reported when nothing turns it on, and does not change the others', async () => {
    const options = { size, iterations: 4, layer: 'relu2', units: [4, 2] };
    const [kept, dead] = rows(await events(options, await dimmed(2, 1000)));
    expect([kept?.dead, dead?.dead, dead?.activation]).toEqual([false, true, 0]);
    const [first] = tensors(await events(options, await dimmed(2, 1000)));
    const [same] = tensors(await events(options));
    expect(farthest(first?.data ?? [], same?.data ?? [])).toBeLessThan(1e-5);
  });

  it('is turned on by a redirected signal', async () => {
    const options = { size, iterations: 24, layer: 'relu2', unit: 6 };
    const off = rows(await events({ ...options, redirect: false }))[0];
    expect([off?.start, off?.activation, off?.dead]).toEqual([0, 0, true]);
    const on = rows(await events(options))[0];
    expect(on?.start).toBe(0);
    expect(on?.activation).toBeGreaterThan(0.1);
    expect(on?.dead).toBe(false);
  });
});

describe('networks without colours or preprocessing', () => {
  it.each([1, 6])('of %i channels are shown', async (channels) => {
    for (const parameterisation of ['fourier', 'pixel'] as const) {
      const all = await events({ iterations: 12, layer: 'conv', parameterisation }, await bareModel(channels));
      expect(rows(all)).toHaveLength(4);
      for (const { start, activation } of rows(all)) expect(activation).toBeGreaterThan(start);
      expect(tensors(all)).toHaveLength(4);
      expect(tensors(all)[0]?.shape).toEqual([8, 6, channels]);
    }
  });
});

describe('a run over several batches', () => {
  it('goes on in a later batch to the same results', async () => {
    const options = { size, iterations: 11, layer: 'conv2', units: ['0..2'], batchSize: 1 };
    const whole = await events(options);
    const state = memoryState();
    // Seven recordings of two a batch: what is kept of the run ends within the last batch.
    let saved = 0;
    const broken = { load: state.load, save: async (value: Uint8Array) => void (++saved <= 5 && (await state.save(value))) };
    await events(options, undefined, broken as typeof state);
    const rest = await events(options, undefined, state);
    expect(saved).toBe(6);
    expect(rest.flatMap((event) => (event.type === 'progress' ? [event.done] : []))).toEqual([33]);
    const tail = (all: typeof whole) => all.filter((event) => event.type === 'artifact').slice(-5);
    expect(tail(rest)).toEqual(tail(whole));
  });
});
