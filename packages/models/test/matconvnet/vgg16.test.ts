import { describeLayers } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { locateModel, readModel } from '../../src/loader/index.js';
import { EXPECTED, expectActivations, FIXTURES, readFixture } from './fixtures.js';

/** Number, name, size at 224×224, and receptive field with its stride, as published for imagenet-vgg-verydeep-16. */
const TABLE = `
1 conv1_1 224 3/1
2 relu1_1 224 3/1
3 conv1_2 224 5/1
4 relu1_2 224 5/1
5 pool1 112 6/2
6 conv2_1 112 10/2
7 relu2_1 112 10/2
8 conv2_2 112 14/2
9 relu2_2 112 14/2
10 pool2 56 16/4
11 conv3_1 56 24/4
12 relu3_1 56 24/4
13 conv3_2 56 32/4
14 relu3_2 56 32/4
15 conv3_3 56 40/4
16 relu3_3 56 40/4
17 pool3 28 44/8
18 conv4_1 28 60/8
19 relu4_1 28 60/8
20 conv4_2 28 76/8
21 relu4_2 28 76/8
22 conv4_3 28 92/8
23 relu4_3 28 92/8
24 pool4 14 100/16
25 conv5_1 14 132/16
26 relu5_1 14 132/16
27 conv5_2 14 164/16
28 relu5_2 14 164/16
29 conv5_3 14 196/16
30 relu5_3 14 196/16
31 pool5 7 212/32
32 fc6 1 404/32
33 relu6 1 404/32
34 fc7 1 404/32
35 relu7 1 404/32
36 fc8 1 404/32
37 prob 1 404/32
`;

describe('VGG-16 as MatConvNet numbers it, with few maps', () => {
  it('has the published names, numbers, sizes and receptive fields', async () => {
    const { network } = await readFixture('vgg16-octave-v7.mat');
    const rows = describeLayers(network, [224, 224, 3]).map(
      ({ index, name, outputShape: [height], receptiveField: { size, jump } }) => `${index} ${name} ${height} ${size[0]}/${jump[0]}`,
    );
    expect(rows).toEqual(TABLE.trim().split('\n'));
    expect(network.layers[31]).toMatchObject({ kind: 'conv', kernelSize: [7, 7] });
  });

  it('is found by its ending, with size, preprocessing and classes', async () => {
    const { network, input, labels } = await readModel(await locateModel('vgg16-octave-v7.mat', { cwd: FIXTURES }));
    expect(network.layers).toHaveLength(37);
    expect(input).toMatchObject({ size: [224, 224], channels: 3, fixedSize: false, preprocessing: { resizeShortSide: 256 } });
    expect(labels?.slice(0, 2)).toEqual(['class 0', 'class 1']);
  });

  it('takes pictures of 512×512 as in the report: fc8 is a map of 10×10', async () => {
    const { network, size, fixedSize } = await readFixture('vgg16-octave-v7.mat');
    expect({ size, fixedSize }).toEqual({ size: [224, 224], fixedSize: false });
    expect(describeLayers(network, [512, 512, 3])[35]?.outputShape).toEqual([10, 10, 10]);
  });

  it('gives what MatConvNet would, cut out of pictures with a short side of 256', async () => {
    const { network, preprocessing } = await readFixture('vgg16-octave-v7.mat');
    expectActivations(network, EXPECTED.vgg16);
    expect(preprocessing).toEqual({
      channelOrder: 'rgb',
      scale: 1,
      mean: [123.68, 116.779, 103.939],
      std: [1, 1, 1],
      resizeShortSide: 256,
    });
  });
});
