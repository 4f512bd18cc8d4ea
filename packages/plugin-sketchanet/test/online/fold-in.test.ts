import { createRandom, fitStandardisation, standardise } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { foldIn } from '../../src/online/fold-in.js';
import { initialiseRecurrent } from '../../src/recurrent/initialise.js';
import { predictSteps } from '../../src/recurrent/network.js';

describe.each(['gru', 'lstm'] as const)('foldIn of a %s', (cell) => {
  it('gives on features what the network gives on standardised ones', () => {
    const random = createRandom(4);
    const features = { columns: 3, data: Float32Array.from({ length: 15 }, (_, i) => 5 * (i % 3) + (1 + (i % 3)) * random.normal()) };
    const network = initialiseRecurrent(3, 4, { cell, hidden: 6, gain: 1.1, forgetBias: 1 }, random);
    const scale = fitStandardisation(features);
    const [expected] = predictSteps(network, [standardise(features, scale)]);
    const [found] = predictSteps(foldIn(network, scale), [features]);
    const [without] = predictSteps(network, [features]);
    found?.data.forEach((p, i) => {
      expect(p).toBeCloseTo(expected?.data[i] ?? Number.NaN, 5);
    });
    expect(without?.data.some((p, i) => Math.abs(p - (expected?.data[i] ?? 0)) > 0.01)).toBe(true);
  });
});
