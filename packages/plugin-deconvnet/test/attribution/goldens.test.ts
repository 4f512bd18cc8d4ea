import '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { type ConfiguredVisualizer, isFeaturescopeError, type Model, type Weight } from '@featurescope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deconvnet, gradCam, gradient, gradientTimesInput, guidedBackprop, guidedGradCam, integratedGradients } from '../../src/index.js';
import { conv, dense, lrn, maxPool, modelOf, networkOf, plain } from '../support/networks.js';
import { attributionOfArray, largest, largestDifference } from '../support/run.js';

interface Golden {
  readonly input: { readonly shape: readonly [number, number, number]; readonly data: readonly number[] };
  readonly weights: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly attributions: Readonly<Record<string, readonly number[]>>;
}

/** Made with PyTorch by goldens/make_goldens.py. */
const golden: Golden = JSON.parse(readFileSync(new URL('../goldens/small.json', import.meta.url), 'utf8'));

/** A weight [out, in, ...window] of PyTorch as [...window, in, out]. */
function channelsLast({ shape, data }: { readonly shape: readonly number[]; readonly data: readonly number[] }): Weight {
  const [out = 1, ...rest] = shape;
  if (rest.length === 0) return { shape, data: Float32Array.from(data) };
  const [inputs = 1, ...window] = rest;
  const places = window.reduce((product, size) => product * size, 1);
  const turned = new Float32Array(data.length);
  for (let o = 0; o < out; o++)
    for (let i = 0; i < inputs; i++)
      for (let p = 0; p < places; p++) turned[(p * inputs + i) * out + o] = data[(o * inputs + i) * places + p] ?? 0;
  return { shape: [...window, inputs, out], data: turned };
}

const rows = [
  ...[conv('conv1', [3, 3], 5, 1), plain('relu', 'relu1'), lrn('lrn1'), maxPool('pool1', 3, 2, true)],
  ...[conv('conv2', [3, 2], 6), plain('relu', 'relu2'), maxPool('pool2', 2, 1)],
  ...[dense('fc3', 7, { inputOrder: 'chw' }), plain('relu', 'relu3'), dense('fc4', 4)],
];

describe('a small network, as PyTorch has it', () => {
  let model: Model;
  beforeAll(async () => {
    const weights = new Map(Object.entries(golden.weights).map(([name, weight]) => [name, channelsLast(weight)]));
    model = await modelOf(networkOf(3, rows, weights), golden.input.shape);
  });
  afterAll(() => model.dispose());

  const target = { layer: 'fc4', unit: 2 };
  const strongest = { layer: 'relu2', signal: 'activation' } as const;
  it.each<[string, ConfiguredVisualizer]>([
    ['gradient', gradient(target)],
    ['deconvnet', deconvnet(target)],
    ['guided-backprop', guidedBackprop(target)],
    ['gradient of a unit', gradient(strongest)],
    ['deconvnet of a unit', deconvnet(strongest)],
    ['guided-backprop of a unit', guidedBackprop(strongest)],
    ['gradient-times-input', gradientTimesInput(target)],
    ['integrated-gradients', integratedGradients({ ...target, steps: 20, batchSize: 6 })],
    ['grad-cam', gradCam({ class: 2, layer: 'relu2' })],
    ['guided-grad-cam', guidedGradCam({ class: 2, layer: 'relu2' })],
  ])('%s', async (name, configured) => {
    const expected = golden.attributions[name] ?? [];
    const { data } = await attributionOfArray(configured, model, golden.input.shape, Float32Array.from(golden.input.data));
    expect(largest(expected)).toBeGreaterThan(1e-3);
    expect(largestDifference(data, expected)).toBeLessThan(1e-4 * largest(expected));
  });

  it('takes the last convolutional map when no layer is named', async () => {
    const named = await attributionOfArray(
      gradCam({ class: 2, layer: 'relu2' }),
      model,
      golden.input.shape,
      Float32Array.from(golden.input.data),
    );
    const chosen = await attributionOfArray(gradCam({ class: 2 }), model, golden.input.shape, Float32Array.from(golden.input.data));
    expect(chosen.description).toContain('maps of relu2');
    expect(chosen.data).toEqual(named.data);
  });

  it('refuses a layer that has no part in the class score', async () => {
    const run = (layer: string) =>
      attributionOfArray(gradCam({ class: 2, layer }), model, golden.input.shape, Float32Array.from(golden.input.data));
    await expect(run('fc4')).rejects.toThrow(/does not feed "fc4"/);
    const error = await run('relu22').catch((thrown: unknown) => thrown);
    expect(isFeaturescopeError(error) && error.message).toMatch(/relu2/);
  });
});
