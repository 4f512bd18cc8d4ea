import { describe, expect, it } from 'vitest';
import { EXPECTED, expectActivations, readFixture } from './fixtures.js';

const LABELS = ['tench, Tinca tinca', 'goldfish', 'naïve café', '', 'hen'];

describe('SimpleNN files', () => {
  it.each([
    'simple-scipy.mat',
    'simple-scipy-compressed.mat',
    'simple-big-endian.mat',
    'simple-octave-v6.mat',
    'simple-octave-v7.mat',
    'simple-hdf5storage.mat',
  ])('%s gives what MatConvNet would', async (file) => {
    const { network, size, fixedSize, preprocessing, labels } = await readFixture(file);
    expectActivations(network, EXPECTED.simple);
    expect({ size, fixedSize }).toEqual({ size: [19, 17], fixedSize: false });
    expect(labels).toEqual(LABELS);
    expect(preprocessing).toMatchObject({ channelOrder: 'rgb', scale: 1, std: [1, 1, 1] });
    expect(preprocessing?.mean.map((value) => value.toFixed(3))).toEqual(['123.680', '116.779', '103.939']);
    expect(preprocessing).not.toHaveProperty('resizeShortSide');
  });

  it('keep one layer of ours for each of theirs, with its name', async () => {
    const { network } = await readFixture('simple-octave-v7.mat');
    expect(network.layers.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'conv1 conv',
      'bn1 batchNorm',
      'relu1 leakyRelu',
      'norm1 lrn',
      'pool1 maxPool',
      'conv2 conv',
      'layer7 sigmoid',
      'pool2 avgPool',
      'dropout3 dropout',
      'fc4 conv',
      'loss softmax',
    ]);
    expect(network.layers[5]).toMatchObject({ groups: 2, bias: false, dilation: [1, 2], padding: { top: 1, left: 1 } });
    expect(network.outputs).toEqual(['loss']);
  });

  it('of before 2015: filters and biases, an average picture, a border', async () => {
    const { network, size, preprocessing, labels } = await readFixture('legacy-octave-v6.mat');
    expectActivations(network, EXPECTED.legacy);
    expect(size).toEqual([8, 8]);
    expect(labels).toEqual(['only one']);
    expect(preprocessing).toMatchObject({ channelOrder: 'rgb', resizeShortSide: 10 });
    for (const [c, mean] of (EXPECTED.legacy.mean ?? []).entries()) expect(preprocessing?.mean[c]).toBeCloseTo(mean, 4);
  });
});

describe('DagNN files', () => {
  it.each(['dag-scipy-compressed.mat', 'dag-octave-v7.mat', 'dag-hdf5storage.mat'])('%s gives what MatConvNet would', async (file) => {
    const { network, size, preprocessing, labels } = await readFixture(file);
    expectActivations(network, EXPECTED.dag);
    expect(network.input).toEqual({ name: 'data', shape: [null, null, 3] });
    expect(size).toEqual([7, 7]);
    expect(labels).toEqual(['airplane', 'automobile', 'bird', 'cat', 'deer']);
    expect(preprocessing).toBeUndefined();
  });

  it('are put in order, and share weights', async () => {
    const { network } = await readFixture('dag-octave-v7.mat');
    expect(network.layers.map(({ name }) => name).join(' ')).toBe(
      'conv1 bn1 relu1 same1 sum same2 scale gate gated lrn drop pool_max pool_avg join prediction objective top1err',
    );
    expect(network.layers.find(({ name }) => name === 'same2')?.weightsOf).toBe('same1');
    expect(network.weights.has('same2/kernel')).toBe(false);
    expect(network.outputs).toEqual(['objective']);
  });
});
