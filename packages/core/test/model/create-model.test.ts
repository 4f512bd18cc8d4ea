import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  alphaNorm,
  channel,
  classProbability,
  classScore,
  createModel,
  createRandom,
  DECONVNET,
  defineObjective,
  direction,
  type Executor,
  GRADIENT,
  INPUT,
  LOGITS,
  l2Norm,
  type Model,
  neuron,
  type Objective,
  PROBABILITIES,
  totalVariation,
} from '../../src/index.js';
import { referenceExecutor, tinyModel, tinyNetwork } from '../../src/testing/index.js';
import { finiteDifferences, relativeError } from '../objectives/finite-differences.js';

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

/** The value of an objective alone, by central differences over the input. */
async function differences(objective: Objective, step = 3e-3): Promise<number[]> {
  const values = await image.data();
  const result: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const at = async (offset: number): Promise<number> => {
      const moved = Float32Array.from(values);
      moved[i] = (moved[i] ?? 0) + offset;
      const x = tf.tensor4d(moved, SHAPE);
      const { value, gradient } = await model.gradient(x, objective);
      tf.dispose([x, gradient]);
      return value;
    };
    result.push(((await at(step)) - (await at(-step))) / (2 * step));
  }
  return result;
}

/** Share of the values within 1 % of the largest; where a step crosses the kink of a ReLU or pool, differences are off. */
function agreeing(found: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return expected.filter((value, i) => Math.abs((found[i] ?? Number.NaN) - value) < 0.01 * scale).length / expected.length;
}

/** The same objective without its closed forms. */
const open = (objective: Objective): Objective => ({
  ...objective,
  terms: objective.terms.map(({ seed: _, ...term }) => term),
});

const mixed = defineObjective({
  name: 'mixed',
  layers: [INPUT, 'conv1'],
  value: (at) => tf.mul(tf.sum(tf.square(at(INPUT))), tf.mean(at('conv1'))),
});

describe('gradient', () => {
  const objectives: Record<string, () => Objective> = {
    'one closed form': () => l2Norm('conv2'),
    'several closed forms': () => l2Norm('conv2').times(0.3).plus(classScore(1).times(2)).minus(channel('pool1', 3)),
    'two terms at one layer': () => channel('conv1', 0).plus(channel('conv1', 1).times(-3)),
    'a probability': () => classProbability(2).times(10),
    'no closed form': () => direction('conv2', [1, -1, 2, 0, 0, 3, 1, 1]),
    'closed and open forms together': () => direction('conv2', [1, -1, 2, 0, 0, 3, 1, 1]).plus(l2Norm('conv1').times(0.1)),
    'terms on the input alone': () => totalVariation().times(-0.1).minus(alphaNorm(2).times(0.2)),
    'terms on the input and on the network': () => neuron('conv2', 1, 1, 3).minus(totalVariation().times(0.05)),
    'a term that reads both': () => mixed.plus(l2Norm(LOGITS)),
  };

  it.each(Object.entries(objectives))('of %s agrees with finite differences', async (_, create) => {
    const { gradient } = await model.gradient(image, create());
    const found = await gradient.data();
    gradient.dispose();
    expect(agreeing(found, await differences(create()))).toBeGreaterThan(0.9);
  });

  it.each(Object.entries(objectives))('of %s is the same without closed forms', async (_, create) => {
    const closed = await model.gradient(image, create());
    const without = await model.gradient(image, open(create()));
    expect(relativeError(await without.gradient.data(), await closed.gradient.data())).toBeLessThan(1e-5);
    expect(without.value).toBeCloseTo(closed.value, 3);
    for (const [name, value] of closed.terms) expect(without.terms.get(name)).toBeCloseTo(value, 3);
    tf.dispose([closed.gradient, without.gradient]);
  });

  it('reports terms without their weights, and activations on request', async () => {
    const result = await model.gradient(image, classScore(1).times(5).plus(l2Norm('conv1')), { wanted: [LOGITS, 'conv1'] });
    const logits = await result.activations.get('fc3')?.data();
    expect(result.terms.get('class-score(1)')).toBeCloseTo(logits?.[1] ?? Number.NaN, 4);
    expect(result.value).toBeCloseTo(5 * (result.terms.get('class-score(1)') ?? 0) + (result.terms.get('l2(conv1)') ?? 0), 3);
    tf.dispose([result.gradient, ...result.activations.values()]);
  });

  it('follows a policy', async () => {
    const plain = await model.gradient(image, l2Norm('relu2'));
    const deconv = await model.gradient(image, l2Norm('relu2'), { policy: DECONVNET });
    expect(relativeError(await deconv.gradient.data(), await plain.gradient.data())).toBeGreaterThan(0.05);
    tf.dispose([plain.gradient, deconv.gradient]);
  });

  it('cleans up when an objective, a hook or the signal ends it', async () => {
    const failing = defineObjective({
      name: 'failing',
      layers: ['conv1'],
      value: () => {
        throw new Error('no value');
      },
    });
    await expect(model.gradient(image, failing)).rejects.toThrow('no value');
    await expect(model.gradient(image, l2Norm('conv1').plus(failing))).rejects.toThrow('no value');
    const badInput = defineObjective({
      name: 'bad',
      layers: [INPUT],
      value: () => {
        throw new Error('no input');
      },
    });
    await expect(model.gradient(image, l2Norm('conv1').plus(badInput), { wanted: ['conv1'] })).rejects.toThrow('no input');
    const hook = {
      layers: 'conv2',
      forward: () => {
        throw new Error('no hook');
      },
    };
    await expect(model.gradient(image, l2Norm('relu2'), { hooks: [hook] })).rejects.toThrow('no hook');
    await expect(model.gradient(image, l2Norm('relu2'), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const careless = defineObjective({ name: 'careless', layers: ['conv1'], value: (at) => tf.sum(at('conv2')) });
    await expect(model.gradient(image, careless)).rejects.toThrow(/"careless" reads layer "conv2"/);
  });
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

describe('createModel', () => {
  const parts = {
    name: 'm',
    network: tinyNetwork(),
    input: { size: [12, 10], channels: 3, fixedSize: false } as const,
    executor: referenceExecutor,
  };

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
    const requests: object[] = [];
    const spy: Executor = {
      name: 'spy',
      compile: async (network) => {
        const compiled = await referenceExecutor.compile(network);
        return {
          network,
          forward: (input, wanted, options) => compiled.forward(input, wanted, options),
          gradient: (request, to) => {
            requests.push(request);
            return compiled.gradient(request, to);
          },
          weightGradient: (request) => compiled.weightGradient(request),
          setWeights: (weights) => compiled.setWeights(weights),
          dispose: () => compiled.dispose(),
        };
      },
    };
    const spied = await createModel({ ...parts, executor: spy });
    const masks = new Map<string, Tensor4D>();
    const { gradient } = await spied.gradient(image, l2Norm('conv1'), { dropout: masks } as object);
    gradient.dispose();
    expect(requests.map((request) => 'dropout' in request)).toEqual([false]);
  });
});

it('keeps finite differences honest', () => {
  const x = tf.tensor4d([1, 2], [1, 1, 1, 2]);
  expect(finiteDifferences((a) => tf.sum(tf.square(a)), x).map((value) => Math.round(value * 100) / 100)).toEqual([2, 4]);
  x.dispose();
});
