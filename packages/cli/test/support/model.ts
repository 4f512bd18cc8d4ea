import { encodeModelFile, type Network } from '@featurescope/core';
import { tinyNetwork } from '@featurescope/core/testing';

/** The tiny test network as a model file: 12×10×3 inputs, layers conv1 … prob, classes sky, cloud, mountain, water. */
export const tinyModelFile = (network: Network = tinyNetwork()): Uint8Array =>
  encodeModelFile({
    name: 'tiny',
    network,
    input: {
      size: [12, 10],
      channels: 3,
      fixedSize: false,
      preprocessing: { channelOrder: 'rgb', scale: 1, mean: [120, 110, 100], std: [60, 60, 60] },
    },
    labels: ['sky', 'cloud', 'mountain', 'water'],
  });
