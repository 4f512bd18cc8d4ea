import { createRandom, type InputSpec, inferShapes, type Network, type Weight, weightOwner, weightShapes } from '@featurescope/core';
import { writeCaffe } from '../../src/caffe/write-caffe.js';
import { activations, readFrom, relativeError } from './caffe-files.js';

type Size = readonly [number, number];

/** Random weights that keep activations in range. */
export const withWeights = (network: Network, size: Size): Network => {
  const random = createRandom(5);
  const shapes = inferShapes(network, [...size, network.input.shape[2]]);
  const weights = new Map<string, Weight>();
  for (const layer of network.layers) {
    const input = shapes.get(layer.inputs[0] ?? '');
    if (input === undefined || weightOwner(layer) !== layer.name) continue;
    for (const [parameter, shape] of weightShapes(layer, input)) {
      const count = shape.reduce((product, n) => product * n, 1);
      const spread = Math.sqrt(3 / (parameter === 'kernel' ? count / (shape.at(-1) ?? 1) : 4));
      const [low, high] = parameter === 'variance' ? [0.5, 1.5] : [-spread, spread];
      weights.set(`${layer.name}/${parameter}`, { shape, data: random.fillUniform(new Float32Array(count), low, high) });
    }
  }
  return { ...network, weights };
};

export const written = (network: Network, size: Size): ReadonlyMap<string, Uint8Array> => {
  const input: InputSpec = { size, channels: network.input.shape[2], fixedSize: false };
  return writeCaffe({ name: 'net', network, input }, 'net');
};

/** The network that is read from what was written. */
export const again = async (network: Network, size: Size): Promise<Network> =>
  (await readFrom(written(network, size), 'net.prototxt')).network;

/** How two networks differ on one random picture. */
export interface Comparison {
  /** The largest difference of a layer from that of the same name, relative to its largest value. */
  readonly difference: number;
  /** Where it is. */
  readonly layer: string;
  /** Between the largest and the smallest value of the main output: of a network that lost its input, nothing. */
  readonly spread: number;
}

export const compared = (one: Network, other: Network, size: Size, layers = one.layers.map(({ name }) => name)): Comparison => {
  const channels = one.input.shape[2];
  const picture = Float64Array.from(createRandom(3).fillUniform(new Float32Array(size[0] * size[1] * channels), -1, 1));
  const expected = activations(one, size, picture, layers);
  const given = activations(other, size, picture, layers);
  const output = Array.from(expected.get(one.outputs.at(-1) ?? '') ?? []);
  let worst = { difference: 0, layer: '' };
  for (const layer of layers) {
    const difference = relativeError(given.get(layer) ?? [], expected.get(layer) ?? []);
    if (difference > worst.difference) worst = { difference, layer };
  }
  return { ...worst, spread: Math.max(...output) - Math.min(...output) };
};
