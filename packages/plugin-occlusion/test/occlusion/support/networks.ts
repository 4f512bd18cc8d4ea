import {
  createModel,
  createRandom,
  type InputSpec,
  initializeWeights,
  type Layer,
  type Model,
  type Network,
  type Shape,
  type Weights,
} from '@featurescope/core';
import { referenceExecutor } from '@featurescope/core/testing';

const around = (size: number) => ({ top: size, left: size, bottom: size, right: size });

const network = (shape: Shape, layers: readonly object[], weights: Weights = new Map()): Network => {
  let before = 'input';
  const rows = layers.map((given) => {
    const layer = { inputs: [before], ...given } as unknown as Layer;
    before = layer.name;
    return layer;
  });
  return { input: { name: 'input', shape }, layers: rows, outputs: [before], weights };
};

const modelOf = (made: Network, shape: Shape, preprocessing?: InputSpec['preprocessing']): Promise<Model> =>
  createModel({
    name: 'test',
    network: made,
    input: { size: [shape[0], shape[1]], channels: shape[2], fixedSize: true, ...(preprocessing ? { preprocessing } : {}) },
    executor: referenceExecutor,
  });

/** f_k(x) = Σ w_k · x for inputs [H, W, C]; `kernels` are one [H, W, C] for each class. */
export function linearModel(shape: Shape, kernels: readonly (readonly number[])[]): Promise<Model> {
  const size = shape[0] * shape[1] * shape[2];
  const data = Float32Array.from(
    { length: size * kernels.length },
    (_, i) => kernels[i % kernels.length]?.[Math.floor(i / kernels.length)] ?? 0,
  );
  const fc = { kind: 'dense', name: 'fc', units: kernels.length, bias: false, inputOrder: 'hwc' };
  return modelOf(network(shape, [fc], new Map([['fc/kernel', { shape: [size, kernels.length], data }]])), shape);
}

/** Strided and padded convolutions, an overlapping pool with ceiling, normalisation, two dense layers and a softmax; random weights. */
export function deepModel(shape: Shape, preprocessing?: InputSpec['preprocessing']): Promise<Model> {
  const conv = (name: string, filters: number, stride: number) => ({
    kind: 'conv',
    name,
    kernelSize: [3, 3],
    filters,
    stride: [stride, stride],
    dilation: [1, 1],
    padding: around(1),
    groups: 1,
    bias: true,
  });
  const made = network(shape, [
    conv('conv1', 5, 2),
    { kind: 'relu', name: 'relu1' },
    { kind: 'lrn', name: 'norm1', size: 3, alpha: 0.5, beta: 0.75, bias: 2 },
    { kind: 'maxPool', name: 'pool1', size: [3, 3], stride: [2, 2], padding: around(0), ceilMode: true },
    conv('conv2', 6, 1),
    { kind: 'relu', name: 'relu2' },
    { kind: 'dense', name: 'fc3', units: 7, bias: true, inputOrder: 'chw' },
    { kind: 'relu', name: 'relu3' },
    { kind: 'dense', name: 'fc4', units: 5, bias: true, inputOrder: 'chw' },
    { kind: 'softmax', name: 'prob' },
  ]);
  const weights = initializeWeights(made, shape, { kernel: 'he', deviation: 0.1, bias: 0.1 }, createRandom(4));
  return modelOf({ ...made, weights }, shape, preprocessing);
}

/** Numbers without pattern, the same every time. */
export const wave = ([height, width, channels]: Shape): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, i) => Math.sin(i * 0.37) + 0.5 * Math.cos(i * 1.7));
