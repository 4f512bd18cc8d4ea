import '@tensorflow/tfjs';
import { createRandom, type Network, type Weight, type Weights } from '@featurescope/core';
import { testContext, tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { DRAWS, redrawing, weightedLayers, withWeights } from '../../src/trust/sanity/randomise.js';
import { conv, dense, networkOf, plain } from '../support/networks.js';

const branched: Network = networkOf(1, [
  conv('stem', [3, 3], 4, 1),
  conv('left', [1, 1], 4, 0, { inputs: ['stem'] }),
  conv('right', [1, 1], 4, 0, { inputs: ['stem'], weightsOf: 'left' }),
  conv('aside', [1, 1], 4, 0, { inputs: ['stem'] }),
  plain('add', 'join', { inputs: ['left', 'right'] }),
  plain('globalAvgPool', 'pool'),
  dense('scores', 3),
]);

const moments = (data: Float32Array) => {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return { mean, deviation: Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length) };
};

const kernel = (weights: Weights, name: string): Float32Array => weights.get(`${name}/kernel`)?.data ?? new Float32Array();

const WIDE = networkOf(8, [conv('conv', [5, 5], 16), { kind: 'batchNorm', name: 'norm', epsilon: 1e-5 } as never]);
const wide: Network = {
  ...WIDE,
  weights: new Map<string, Weight>([
    ['conv/kernel', { shape: [5, 5, 8, 16], data: createRandom(3).fillUniform(new Float32Array(3200), 1, 3) }],
    ['conv/bias', { shape: [16], data: createRandom(4).fillNormal(new Float32Array(16), 0, 1) }],
    ...['scale', 'offset', 'mean', 'variance'].map(
      (name) => [`norm/${name}`, { shape: [16], data: createRandom(name).fillUniform(new Float32Array(16), 0.001, 4) }] as const,
    ),
  ]),
};

describe('layers with weights', () => {
  it('come from the target down, shared weights once, others not at all', () => {
    expect(weightedLayers(branched, 'scores')).toEqual(['scores', 'left', 'stem']);
    expect(weightedLayers(branched, 'aside')).toEqual(['aside', 'stem']);
    expect(weightedLayers(branched, 'input')).toEqual([]);
  });
});

describe('new weights', () => {
  it('have mean and deviation of the old ones, and are others', () => {
    const drawn = redrawing(wide, [5, 5, 8], 'normal', createRandom(1))('conv');
    const [before, after] = [moments(kernel(wide.weights, 'conv')), moments(kernel(drawn, 'conv'))];
    expect(after.mean).toBeCloseTo(before.mean, 1);
    expect(after.deviation / before.deviation).toBeCloseTo(1, 1);
    expect(kernel(drawn, 'conv')).not.toEqual(kernel(wide.weights, 'conv'));
    expect([...drawn.keys()]).toEqual(['conv/kernel', 'conv/bias']);
  });

  it('in another order are the same numbers', () => {
    const drawn = kernel(redrawing(wide, [5, 5, 8], 'shuffle', createRandom(1))('conv'), 'conv');
    expect(drawn.toSorted()).toEqual(kernel(wide.weights, 'conv').toSorted());
    expect(drawn).not.toEqual(kernel(wide.weights, 'conv'));
  });

  it('before training are those of He et al.', () => {
    const { mean, deviation } = moments(kernel(redrawing(wide, [5, 5, 8], 'he', createRandom(1))('conv'), 'conv'));
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(deviation / Math.sqrt(2 / 200)).toBeCloseTo(1, 1);
  });

  it.each(DRAWS)('leave variances positive: %s', (draw) => {
    const drawn = redrawing(wide, [5, 5, 8], draw, createRandom(1))('norm');
    expect([...drawn.keys()]).toHaveLength(4);
    expect(Math.min(...(drawn.get('norm/variance')?.data ?? []))).toBeGreaterThan(0);
  });

  it('are the same for one seed, whatever was drawn before', () => {
    const one = redrawing(wide, [5, 5, 8], 'normal', createRandom(7));
    const other = redrawing(wide, [5, 5, 8], 'normal', createRandom(7));
    one('conv');
    expect(one('norm')).toEqual(other('norm'));
    expect(redrawing(wide, [5, 5, 8], 'normal', createRandom(8))('norm')).not.toEqual(one('norm'));
  });

  it('go into a model of their own', async () => {
    const model = await tinyModel();
    const before = kernel(model.network.weights, 'conv2').slice();
    const weights = redrawing(model.network, [12, 10, 3], 'normal', createRandom(1))('conv2');
    const random = await withWeights(testContext({ model }), model, weights);
    expect(kernel(random.network.weights, 'conv2')).toEqual(kernel(weights, 'conv2'));
    expect(kernel(random.network.weights, 'conv1')).toEqual(kernel(model.network.weights, 'conv1'));
    expect(kernel(model.network.weights, 'conv2')).toEqual(before);
    expect([random.sha256 === model.sha256, random.labels, random.input]).toEqual([false, model.labels, model.input]);
    random.dispose();
    model.dispose();
  });
});
