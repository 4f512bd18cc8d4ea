import { createRandom, type Initialization, initializeWeights, type Network } from '@featurescope/core';
import { describe, expect, it } from 'vitest';

const network: Network = {
  input: { name: 'input', shape: [8, 8, 16] },
  layers: [
    {
      kind: 'conv',
      name: 'conv',
      inputs: ['input'],
      kernelSize: [3, 3],
      filters: 32,
      stride: [1, 1],
      dilation: [1, 1],
      padding: 'same',
      groups: 1,
      bias: true,
    },
    { kind: 'dense', name: 'fc', inputs: ['conv'], units: 20, bias: true, inputOrder: 'hwc' },
  ],
  outputs: ['fc'],
  weights: new Map(),
};

const initialize = (options: Partial<Initialization>, seed = 1) =>
  initializeWeights(network, [8, 8, 16], { kernel: 'he', deviation: 0.01, bias: 0, ...options }, createRandom(seed));

const deviation = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const kernel = (name: string, options: Partial<Initialization>): Float32Array =>
  initialize(options).get(`${name}/kernel`)?.data ?? new Float32Array();

describe('initializeWeights', () => {
  it('gives every weight its shape', () => {
    expect([...initialize({})].map(([name, { shape }]) => [name, shape])).toEqual([
      ['conv/kernel', [3, 3, 16, 32]],
      ['conv/bias', [32]],
      ['fc/kernel', [2048, 20]],
      ['fc/bias', [20]],
    ]);
  });

  it('draws N(0, 2 / fan-in) for he', () => {
    expect(deviation(kernel('conv', { kernel: 'he' })) / Math.sqrt(2 / 144)).toBeCloseTo(1, 1);
    expect(deviation(kernel('fc', { kernel: 'he' })) / Math.sqrt(2 / 2048)).toBeCloseTo(1, 1);
  });

  it('draws N(0, 0.01²) for normal', () => {
    expect(deviation(kernel('fc', { kernel: 'normal' })) / 0.01).toBeCloseTo(1, 1);
  });

  it('draws uniformly within √(6 / (fan-in + fan-out)) for glorot', () => {
    const limit = Math.sqrt(6 / (9 * 16 + 9 * 32));
    const values = kernel('conv', { kernel: 'glorot' });
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(deviation(values) / (limit / Math.sqrt(3))).toBeCloseTo(1, 1);
  });

  it('gives the same weights for the same seed, others for another', () => {
    expect(initialize({}, 5)).toEqual(initialize({}, 5));
    expect(initialize({}, 5)).not.toEqual(initialize({}, 6));
  });

  it('sets biases', () => {
    expect(initialize({ bias: 0.01 }).get('fc/bias')?.data).toEqual(new Float32Array(20).fill(0.01));
  });
});
