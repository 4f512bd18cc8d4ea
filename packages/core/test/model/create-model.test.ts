import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  classProbability,
  createModel,
  createRandom,
  defineObjective,
  GRADIENT,
  type GradientRequest,
  INPUT,
  LOGITS,
  l2Norm,
  type Model,
  PROBABILITIES,
} from '../../src/index.js';
import { referenceExecutor, tinyModel, tinyNetwork } from '../../src/testing/index.js';
import { relativeError } from '../objectives/finite-differences.js';
import { watched } from './watched.js';

const SHAPE: [number, number, number, number] = [1, 7, 5, 3];
let before = 0;
let model: Model;
let image: Tensor4D;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  model = await tinyModel();
  image = tf.tensor4d(createRandom(4).fillNormal(new Float32Array(105), 0, 1), SHAPE);
});
afterEach(() => {
  image.dispose();
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

describe('activations and project', () => {
  it('gives each asked name a tensor, also for what stands for a layer', async () => {
    const found = await model.activations(image, ['conv1', LOGITS, 'fc3', INPUT, PROBABILITIES]);
    expect([...found].map(([name, { shape }]) => [name, shape])).toEqual([
      ['conv1', [1, 7, 5, 6]],
      [LOGITS, [1, 1, 1, 4]],
      ['fc3', [1, 1, 1, 4]],
      [INPUT, SHAPE],
      [PROBABILITIES, [1, 1, 1, 4]],
    ]);
    expect([...(found.get(PROBABILITIES)?.dataSync() ?? [])].reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    tf.dispose([...found.values()]);
  });

  it('carries a signal down to the image or to a layer', async () => {
    const signal = tf.ones([1, 3, 2, 8]) as Tensor4D;
    const down = await model.project(image, 'conv2', signal, GRADIENT);
    const toPool = await model.project(image, 'conv2', signal, GRADIENT, 'pool1');
    expect([down.shape, toPool.shape]).toEqual([SHAPE, [1, 3, 2, 6]]);
    const expected = await model.gradient(image, defineObjective({ name: 'sum', layers: ['conv2'], value: (at) => tf.sum(at('conv2')) }));
    expect(relativeError(await down.data(), await expected.gradient.data())).toBeLessThan(1e-5);
    tf.dispose([signal, down, toPool, expected.gradient]);
  });

  it('runs hooks', async () => {
    const seen: string[] = [];
    const read = {
      layers: ({ kind }: { kind: string }) => kind === 'conv',
      forward: (_: Tensor4D, { name }: { name: string }) => void seen.push(name),
    };
    const found = await model.activations(image, ['prob'], [read]);
    tf.dispose([...found.values()]);
    expect(seen).toEqual(['conv1', 'conv2']);
  });
});

describe('names', () => {
  it('finds layers and classes', () => {
    expect(model.layer('conv2').index).toBe(4);
    expect(model.layer(4).name).toBe('conv2');
    expect([model.logits, model.probabilities]).toEqual(['fc3', 'prob']);
    expect([model.classIndex('mountain'), model.classIndex('3'), model.classIndex(0)]).toEqual([2, 3, 0]);
  });

  it('names the nearest when there is none', () => {
    expect(() => model.layer('Conv2')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The network has no layer "Conv2". Did you mean "conv2", "conv1" or "pool1"? A layer is addressed by its exact name or by its index, 1 to 8.]`,
    );
    expect(() => model.classIndex('clouds')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: tiny has no class "clouds". Did you mean "cloud", "sky" or "water"? A class is given by its label or by its index, 0 to 3.]`,
    );
    expect(() => model.classIndex(4)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: tiny has no class "4". A class is given by its label or by its index, 0 to 3.]`,
    );
  });

  it('says which channels it takes', async () => {
    const grey = tf.zeros([1, 7, 5, 1]) as Tensor4D;
    await expect(model.activations(grey, ['conv1'])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: tiny takes inputs of shape [N, height, width, 3], but was given [1, 7, 5, 1].]`,
    );
    grey.dispose();
  });
});

const parts = {
  name: 'm',
  network: tinyNetwork(),
  input: { size: [12, 10], channels: 3, fixedSize: false } as const,
  executor: referenceExecutor,
};

describe('createModel', () => {
  it('finds the softmax behind layers that only pass values on', async () => {
    const network = tinyNetwork();
    const tail = [
      { kind: 'flatten', name: 'flat', inputs: ['prob'], order: 'hwc' } as const,
      { kind: 'identity', name: 'same', inputs: ['flat'] } as const,
    ];
    const behind = await createModel({ ...parts, network: { ...network, layers: [...network.layers, ...tail], outputs: ['same'] } });
    expect([behind.logits, behind.probabilities]).toEqual(['fc3', 'prob']);
  });

  it('takes the last layer for the logits without a softmax', async () => {
    const network = tinyNetwork();
    const cut = await createModel({ ...parts, network: { ...network, layers: network.layers.slice(0, -1), outputs: ['fc3'] } });
    expect([cut.logits, cut.probabilities]).toEqual(['fc3', undefined]);
    await expect(cut.gradient(image, classProbability(0))).rejects.toThrow(/does not end in a softmax/);
  });

  it('hashes the weights in the order of the network, whatever the order of the map', async () => {
    const network = tinyNetwork();
    const turned = { ...network, weights: new Map([...network.weights].reverse()) };
    const bytes = network.layers
      .flatMap(({ name }) => ['kernel', 'bias'].flatMap((parameter) => network.weights.get(`${name}/${parameter}`)?.data ?? []))
      .flatMap((data) => [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
    const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
    const expected = Buffer.from(digest).toString('hex');
    expect((await createModel({ ...parts, network })).sha256).toBe(expected);
    expect((await createModel({ ...parts, network: turned })).sha256).toBe(expected);
  });

  it('refuses labels that do not fit', async () => {
    await expect(createModel({ ...parts, labels: ['a'] })).rejects.toThrow('4 classes');
  });

  it('tells synonyms and ambiguous labels apart', async () => {
    const labelled = await createModel({ ...parts, labels: ['crane', 'tabby, tabby cat', 'crane', 'dog'] });
    expect(labelled.classIndex('tabby cat')).toBe(1);
    expect(() => labelled.classIndex('crane')).toThrow('give one of the indices 0, 2');
  });

  it('never hands dropout masks to the executor', async () => {
    const requests: GradientRequest[] = [];
    const spied = await createModel({ ...parts, executor: watched(requests) });
    const masks = new Map<string, Tensor4D>();
    const { gradient } = await spied.gradient(image, l2Norm('conv1'), { dropout: masks } as object);
    gradient.dispose();
    expect(requests.map((request) => 'dropout' in request)).toEqual([false]);
  });
});
