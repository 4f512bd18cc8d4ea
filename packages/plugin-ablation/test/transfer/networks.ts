import type { ConvLayer, DenseLayer, Layer, MaxPoolLayer, Network } from '@featurescope/core';

const none = { top: 0, left: 0, bottom: 0, right: 0 };

export const conv = (name: string, input: string, kernel: number, filters: number, more: Partial<ConvLayer> = {}): ConvLayer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [kernel, kernel],
  filters,
  stride: [1, 1],
  dilation: [1, 1],
  padding: 'same',
  groups: 1,
  bias: true,
  ...more,
});

export const pool = (name: string, input: string, stride = 2): MaxPoolLayer => ({
  kind: 'maxPool',
  name,
  inputs: [input],
  size: [2, 2],
  stride: [stride, stride],
  padding: none,
  ceilMode: false,
});

export const dense = (name: string, input: string, units: number): DenseLayer => ({
  kind: 'dense',
  name,
  inputs: [input],
  units,
  bias: true,
  inputOrder: 'hwc',
});

export const plain = (kind: 'relu' | 'globalAvgPool' | 'softmax' | 'add' | 'concat', name: string, ...inputs: string[]): Layer => ({
  kind,
  name,
  inputs,
});

export const dropout = (name: string, input: string): Layer => ({ kind: 'dropout', name, inputs: [input], rate: 0.5 });

export const valid = { padding: none } as const;

/** A network on 16×16×3 pictures. */
export const networkOf = (...layers: readonly Layer[]): Network => ({
  input: { name: 'input', shape: [16, 16, 3] },
  layers,
  outputs: [layers.at(-1)?.name ?? ''],
  weights: new Map(),
});

/** Two pools, two fully connected layers and a softmax, as AlexNet has them. */
export const alexLike = networkOf(
  conv('conv1', 'input', 3, 4),
  plain('relu', 'relu1', 'conv1'),
  pool('pool1', 'relu1'),
  conv('conv2', 'pool1', 3, 6),
  plain('relu', 'relu2', 'conv2'),
  pool('pool2', 'relu2'),
  dense('fc6', 'pool2', 10),
  plain('relu', 'relu6', 'fc6'),
  dropout('drop6', 'relu6'),
  dense('fc7', 'drop6', 9),
  plain('relu', 'relu7', 'fc7'),
  dropout('drop7', 'relu7'),
  dense('fc8', 'drop7', 7),
  plain('softmax', 'prob', 'fc8'),
);

/** Stages that begin with strides in both branches, as ResNets have them. */
export const resLike = networkOf(
  conv('conv1', 'input', 3, 4, { stride: [2, 2] }),
  plain('relu', 'relu1', 'conv1'),
  conv('branch', 'relu1', 3, 6, { stride: [2, 2] }),
  conv('shortcut', 'relu1', 1, 6, { stride: [2, 2] }),
  plain('add', 'sum', 'branch', 'shortcut'),
  plain('relu', 'relu2', 'sum'),
  plain('globalAvgPool', 'gap', 'relu2'),
  dense('fc', 'gap', 7),
);

/** Class scores of a convolution that are averaged over positions, as SqueezeNets have them. */
export const squeezeLike = networkOf(
  conv('conv1', 'input', 3, 4),
  plain('relu', 'relu1', 'conv1'),
  pool('pool1', 'relu1'),
  conv('left', 'pool1', 1, 3),
  conv('right', 'pool1', 3, 3),
  plain('concat', 'fire', 'left', 'right'),
  dropout('drop', 'fire'),
  conv('conv10', 'drop', 1, 7),
  plain('relu', 'relu10', 'conv10'),
  plain('globalAvgPool', 'gap', 'relu10'),
  plain('softmax', 'prob', 'gap'),
);
