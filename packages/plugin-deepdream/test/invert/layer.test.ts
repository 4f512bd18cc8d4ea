import '@tensorflow/tfjs';
import { classifierHead, describeLayers, type Network } from '@featurescope/core';
import { tinyNetwork } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { alexnet, photonet, squeezenet } from '../../../models/src/architectures/index.js';
import { middleLayer, relativeDepth, variationWeight } from '../../src/invert/layer.js';

const described = (network: Network, side: number) => ({
  layers: describeLayers(network, [side, side, 3]),
  logits: classifierHead(network).logits,
});

describe('the weight of the total variation', () => {
  const model = described(alexnet(), 227);
  const weights = model.layers.map(({ name }) => [name, variationWeight(relativeDepth(model, name), [227, 227])] as const);

  it('is what the authors took for their AlexNet', () => {
    const with1 = weights.filter(([, weight]) => weight === 1).map(([name]) => name);
    const with10 = weights.filter(([, weight]) => weight === 10).map(([name]) => name);
    const with100 = weights.filter(([, weight]) => weight === 100).map(([name]) => name);
    expect(with1.slice(0, 2)).toEqual(['conv1', 'relu1']);
    expect(with1).toContain('relu2');
    expect([with10[0], with10.at(-1)]).toEqual(['conv3', 'relu4']);
    expect(with100[0]).toBe('conv5');
    expect(with100).toContain('fc8');
  });

  it('goes with the side of the picture', () => {
    expect(variationWeight(0.1, [32, 32])).toBeCloseTo(32 / 227, 10);
    expect(variationWeight(0.5, [454, 454])).toBeCloseTo(20, 10);
    expect(variationWeight(1, [100, 400])).toBeCloseTo((100 * 200) / 227, 10);
  });
});

describe('the depth of a layer', () => {
  it('is counted in convolutions and dense layers of the longest path, up to the class scores', () => {
    const model = described(squeezenet(), 227);
    const depth = (name: string) => relativeDepth(model, name) * 18;
    expect(
      ['data', 'conv1', 'pool1', 'fire2/squeeze1x1', 'fire2/expand1x1', 'fire2/concat', 'fire9/concat', 'conv10', 'prob'].map(depth),
    ).toEqual([0, 1, 1, 2, 3, 3, 17, 18, 18]);
  });
});

describe('the layer that is inverted when none is named', () => {
  it('is in the middle, and no branch', () => {
    expect(middleLayer(described(photonet(), 32))).toBe('relu3_1');
    expect(middleLayer(described(squeezenet(), 227))).toBe('fire5/concat');
    expect(middleLayer(described(alexnet(), 227))).toBe('relu4');
    expect(middleLayer(described(tinyNetwork(), 12))).toBe('relu2');
  });

  it('is the class scores where the network has no such layer', () => {
    const network = tinyNetwork();
    const linear: Network = { ...network, layers: network.layers.filter(({ name }) => name === 'conv1'), outputs: ['conv1'] };
    expect(middleLayer(described(linear, 12))).toBe('conv1');
  });
});
