import { describe, expect, it } from 'vitest';
import { alexnet, lenet, zfnet } from '../../src/architectures/index.js';
import { fields, heights, layersOf, parametersOf } from './table.js';

describe('zfnet', () => {
  const layers = layersOf(zfnet());

  it('has the map sizes of Fig. 3', () => {
    expect(heights(layers)).toMatchObject({
      conv1: 110,
      pool1: 55,
      conv2: 26,
      pool2: 13,
      conv3: 13,
      conv4: 13,
      conv5: 13,
      pool5: 6,
      fc6: 1,
    });
    expect(layers.find(({ name }) => name === 'pool5')?.outputShape).toEqual([6, 6, 256]);
  });

  it('has 62,357,608 parameters', () => {
    expect(Object.fromEntries(layers.filter(({ parameters }) => parameters > 0).map(({ name, parameters }) => [name, parameters]))).toEqual(
      {
        conv1: 14_208,
        conv2: 614_656,
        conv3: 885_120,
        conv4: 1_327_488,
        conv5: 884_992,
        fc6: 37_752_832,
        fc7: 16_781_312,
        fc8: 4_097_000,
      },
    );
    expect(parametersOf(zfnet())).toBe(62_357_608);
  });

  it('has the receptive fields that follow from its strides', () => {
    expect(fields(layers)).toMatchObject({
      conv1: '7/2',
      pool1: '11/4',
      conv2: '27/8',
      pool2: '43/16',
      conv3: '75/16',
      conv4: '107/16',
      conv5: '139/16',
      pool5: '171/32',
    });
  });

  it('normalises after pooling', () => {
    expect(layers.slice(0, 8).map(({ name }) => name)).toEqual(['conv1', 'relu1', 'pool1', 'norm1', 'conv2', 'relu2', 'pool2', 'norm2']);
  });
});

describe('alexnet', () => {
  const layers = layersOf(alexnet());

  it('has 60,965,224 parameters, and 62,378,344 without groups', () => {
    expect(parametersOf(alexnet())).toBe(60_965_224);
    expect(parametersOf(alexnet({ groups: 1 }))).toBe(62_378_344);
  });

  it('has the published map sizes', () => {
    expect(heights(layers)).toMatchObject({ conv1: 55, pool1: 27, conv2: 27, pool2: 13, conv3: 13, conv5: 13, pool5: 6, fc8: 1 });
  });

  it('has receptive fields of 11, 51, 99, 131, 163 and 195 pixels', () => {
    expect(fields(layers)).toMatchObject({
      conv1: '11/4',
      pool1: '19/8',
      conv2: '51/8',
      conv3: '99/16',
      conv4: '131/16',
      conv5: '163/16',
      pool5: '195/32',
    });
  });

  it('keeps the groups whole when it is made narrower', () => {
    expect(parametersOf(alexnet({ width: 0.11, classes: 7 }))).toBeGreaterThan(0);
  });
});

describe('lenet', () => {
  it('has the map sizes and, with C3 fully connected, the 61,706 parameters of LeNet-5', () => {
    expect(parametersOf(lenet())).toBe(61_706);
    expect(
      layersOf(lenet())
        .slice(0, 7)
        .map(({ outputShape }) => outputShape),
    ).toEqual([
      [28, 28, 6],
      [28, 28, 6],
      [14, 14, 6],
      [10, 10, 16],
      [10, 10, 16],
      [5, 5, 16],
      [1, 1, 120],
    ]);
  });
});
