import { createModel, createRandom, type InputSpec, initializeWeights, type Layer, type Model, type Network } from '@featurescope/core';
import { referenceExecutor, tinyNetwork } from '@featurescope/core/testing';

const LABELS = ['sky', 'cloud, white cloud', 'mountain', 'water'];
const INPUT: InputSpec = {
  size: [12, 10],
  channels: 3,
  fixedSize: false,
  preprocessing: { channelOrder: 'rgb', scale: 1, mean: [120, 110, 100], std: [60, 60, 60] },
};

const without = (layers: readonly Layer[], name: string): Layer[] => {
  const inputs = layers.find((layer) => layer.name === name)?.inputs ?? [];
  return layers.flatMap((layer) =>
    layer.name === name ? [] : [{ ...layer, inputs: layer.inputs.flatMap((from) => (from === name ? inputs : [from])) }],
  );
};

/** The tiny network with a dense layer that sees places, and fits one size only. */
export function denseNetwork(): Network {
  const tiny = tinyNetwork();
  const network: Network = { ...tiny, layers: without(tiny.layers, 'gap'), weights: new Map() };
  const random = createRandom('dense');
  return { ...network, weights: initializeWeights(network, [12, 10, 3], { kernel: 'he', deviation: 1, bias: 0.1 }, random) };
}

/** The tiny network with a ReLU behind its scores, and this bias of class 0. */
export function closedNetwork(bias: number): Network {
  const tiny = tinyNetwork();
  const layers = tiny.layers.flatMap((layer): Layer[] =>
    layer.name === 'prob'
      ? [
          { kind: 'relu', name: 'relu4', inputs: layer.inputs },
          { ...layer, inputs: ['relu4'] },
        ]
      : [layer],
  );
  const weights = new Map(tiny.weights);
  const biases = weights.get('fc3/bias');
  if (!biases) throw new Error('no biases');
  weights.set('fc3/bias', { ...biases, data: Float32Array.from(biases.data, (value, k) => (k === 0 ? bias : value)) });
  return { ...tiny, layers, weights };
}

export const modelOf = (network: Network): Promise<Model> =>
  createModel({ name: 'small', network, input: INPUT, labels: LABELS, executor: referenceExecutor });
