import {
  createModel,
  createRandom,
  inferShapes,
  initializationOptions,
  initializeWeights,
  type Model,
  type Network,
} from '@featurescope/core';
import { referenceExecutor } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { featureLayers } from '../../src/transfer/layers.js';
import { resetNetwork } from '../../src/transfer/reset.js';
import { alexLike, conv, dense, networkOf, plain, resLike, squeezeLike, valid } from './networks.js';

async function using<T>(network: Network, look: (model: Model) => T): Promise<T> {
  const weights = initializeWeights(network, [16, 16, 3], initializationOptions.parse({}), createRandom(1));
  const model = await createModel({
    name: 'net',
    network: { ...network, weights },
    input: { size: [16, 16], channels: 3, fixedSize: true },
    executor: referenceExecutor,
  });
  try {
    return look(model);
  } finally {
    model.dispose();
  }
}

const chosen = (network: Network, layers?: readonly (string | number)[]) =>
  using(network, (model) => featureLayers(model, layers).map(({ name }) => name));

describe('featureLayers', () => {
  it('takes pools and fully connected layers after their activation', async () => {
    expect(await chosen(alexLike)).toEqual(['pool1', 'pool2', 'relu6', 'relu7']);
  });

  it('takes what a convolution with a stride is given, and the last pool', async () => {
    expect(await chosen(resLike)).toEqual(['relu1', 'gap']);
  });

  it('takes what the convolution of the class scores is given', async () => {
    expect(await chosen(squeezeLike)).toEqual(['pool1', 'fire']);
  });

  it('takes fully connected layers that are written as convolutions', async () => {
    const network = networkOf(
      conv('conv1', 'input', 3, 4, { stride: [4, 4] }),
      plain('relu', 'relu1', 'conv1'),
      conv('fc6', 'relu1', 4, 8, valid),
      plain('relu', 'relu6', 'fc6'),
      conv('fc7', 'relu6', 1, 5, valid),
    );
    expect(await chosen(network)).toEqual(['relu6']);
  });

  it('takes named layers in the order of the network, each once, and the pixels', async () => {
    expect(await chosen(alexLike, ['relu6', 3, 'pool1', '@input'])).toEqual(['input', 'pool1', 'relu6']);
    await expect(chosen(alexLike, ['pool3'])).rejects.toThrow(/pool/);
  });
});

describe('resetNetwork', () => {
  it.each([
    ['dense', alexLike, 'fc8'],
    ['a dense layer after a pool', resLike, 'fc'],
    ['a convolution', squeezeLike, 'conv10'],
  ] as const)('gives %s for new classes, with all other layers as they were', async (_, network, head) => {
    const found = await using(network, (model) => resetNetwork(model, 3));
    const { layers = [], weights, outputs = [] } = found?.network ?? {};
    expect(weights?.size).toBe(0);
    expect(inferShapes({ ...network, layers, outputs }, [16, 16, 3]).get(outputs[0] ?? '')).toEqual([1, 1, 3]);
    expect(layers.filter(({ name }) => name !== head)).toEqual(
      network.layers.filter(({ name, kind }) => name !== head && kind !== 'softmax'),
    );
  });

  it('gives nothing where no layer of its own makes the class scores', async () => {
    const joined = networkOf(
      plain('globalAvgPool', 'gap', 'input'),
      dense('a', 'gap', 3),
      dense('b', 'gap', 3),
      plain('add', 'sum', 'a', 'b'),
    );
    expect(await using(joined, (model) => resetNetwork(model, 3))).toBeUndefined();
    const map = networkOf(conv('conv1', 'input', 3, 4), plain('relu', 'relu1', 'conv1'));
    expect(await using(map, (model) => resetNetwork(model, 3))).toBeUndefined();
  });
});
