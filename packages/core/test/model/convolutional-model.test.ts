import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { classScore, createModel, createRandom, type Executor, type InputSpec, l2Norm, type Model, type Network } from '../../src/index.js';
import { withRandomWeights } from '../../src/testing/conformance/network-case.js';
import { conv, dense, linked, maxPool, plain, type Row, relu } from '../../src/testing/conformance/table.js';
import { referenceExecutor, tinyModel } from '../../src/testing/index.js';

const INPUT: InputSpec = { size: [8, 6], channels: 3, fixedSize: true };
const LABELS = ['a', 'b', 'c'];

function network(rows: readonly Row[]): Network {
  const layers = linked('input', rows);
  const bare: Network = { input: { name: 'input', shape: [8, 6, 3] }, layers, outputs: [layers.at(-1)?.name ?? ''], weights: new Map() };
  return withRandomWeights(bare, [8, 6, 3], createRandom('model'));
}
const classifier = network([
  conv(3, 4, { name: 'conv1' }),
  relu({ name: 'relu1' }),
  maxPool(2, 2, { name: 'pool1' }),
  dense(5, { name: 'fc1', inputOrder: 'chw' }),
  relu({ name: 'relu2' }),
  dense(3, { name: 'fc2' }),
  plain('softmax', { name: 'prob' }),
]);

/** What holds a tensor for every compiled network, as executors do. */
let compiled: number;
let failures: number;
const holding: Executor = {
  name: 'holding',
  async compile(given, options) {
    if (failures-- > 0) throw new Error('no memory');
    compiled++;
    const held = tf.scalar(1);
    const inner = await referenceExecutor.compile(given, options);
    return {
      network: given,
      forward: (...parameters) => inner.forward(...parameters),
      gradient: (...parameters) => inner.gradient(...parameters),
      weightGradient: (...parameters) => inner.weightGradient(...parameters),
      setWeights: (weights) => inner.setWeights(weights),
      dispose: () => held.dispose(),
    };
  },
};
const create = (given: Network = classifier): Promise<Model> =>
  createModel({ name: 'small', network: given, input: INPUT, labels: LABELS, executor: holding });

const before = tf.memory().numTensors;
beforeEach(() => {
  expect(tf.memory().numTensors).toBe(before);
  compiled = 0;
  failures = 0;
});

const picture = (height: number, width: number): tf.Tensor4D =>
  tf.tensor4d(createRandom(2).fillNormal(new Float32Array(height * width * 3), 0, 1), [1, height, width, 3]);

describe('a convolutional model', () => {
  it('has the name, labels, classes and layers of the other, and takes any size', async () => {
    const model = await create();
    const other = await model.convolutional();
    expect(other).toMatchObject({
      name: 'small',
      labels: LABELS,
      input: { ...INPUT, fixedSize: false },
      logits: 'fc2',
      probabilities: 'prob',
    });
    expect(other.layers.map(({ index, name, outputShape }) => [index, name, outputShape])).toEqual(
      model.layers.map(({ index, name, outputShape }) => [index, name, outputShape]),
    );
    expect(other.layer('fc1').receptiveField).toEqual({ size: [8, 6], jump: [2, 2], start: [0, 0] });
    expect(other.classIndex('b')).toBe(1);
    expect(model.layer('fc1').kind).toBe('dense');
    model.dispose();
  });

  it('gives the same value and gradient at the recommended size', async () => {
    const model = await create();
    const image = picture(8, 6);
    const objective = classScore(2).plus(l2Norm('fc1').times(0.5));
    const [one, other] = [await model.gradient(image, objective), await (await model.convolutional()).gradient(image, objective)];
    expect(other.value).toBeCloseTo(one.value, 5);
    const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(one.gradient, other.gradient))).dataSync()[0]);
    expect(difference).toBeLessThan(1e-6);
    expect(tf.tidy(() => tf.max(tf.abs(one.gradient)).dataSync()[0])).toBeGreaterThan(1e-3);
    tf.dispose([image, one.gradient, other.gradient]);
    model.dispose();
  });

  it('gives a map of logits for a larger picture, which the other refuses', async () => {
    const model = await create();
    const image = picture(12, 8);
    await expect(model.activations(image, ['fc1'])).rejects.toThrow();
    const found = await (await model.convolutional()).activations(image, ['fc2', 'prob']);
    expect([...found.values()].map(({ shape }) => shape)).toEqual([
      [1, 3, 2, 3],
      [1, 3, 2, 3],
    ]);
    tf.dispose([image, ...found.values()]);
    model.dispose();
  });

  it('is compiled once, when it is first asked for, and disposed with the other', async () => {
    const model = await create();
    expect(compiled).toBe(1);
    const [first, second] = await Promise.all([model.convolutional(), model.convolutional()]);
    expect(second).toBe(first);
    expect(await model.convolutional()).toBe(first);
    expect(await first.convolutional()).toBe(first);
    expect(compiled).toBe(2);
    expect(tf.memory().numTensors).toBe(before + 2);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(model.convolutional()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: small has been disposed and cannot be used any more.]`,
    );
  });

  it('is disposed too when the other goes while it is being compiled', async () => {
    const model = await create();
    const pending = model.convolutional();
    model.dispose();
    await expect(pending).rejects.toThrow('disposed');
    expect(compiled).toBe(2);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is tried again after a failure', async () => {
    const model = await create();
    failures = 1;
    await expect(model.convolutional()).rejects.toThrow('no memory');
    expect((await model.convolutional()).input.fixedSize).toBe(false);
    model.dispose();
  });

  it('is the model itself when nothing has to change', async () => {
    const model = await tinyModel();
    expect(await model.convolutional()).toBe(model);
    model.dispose();
  });

  it('cannot be had of a network that mixes positions', async () => {
    const model = await create(network([{ kind: 'flatten', order: 'hwc' }, plain('softmax', { name: 'mix' }), dense(3)]));
    await expect(model.convolutional()).rejects.toThrow('"mix" of kind softmax');
    expect(compiled).toBe(1);
    model.dispose();
  });
});
