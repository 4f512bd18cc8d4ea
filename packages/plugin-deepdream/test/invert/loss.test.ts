import { createModel, createRandom, type InputSpec } from '@featurescope/core';
import { type Array4, referenceExecutor, tinyNetwork } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { greyUnits, naturalEnergy } from '../../src/invert/grey-units.js';
import { central, inversionLoss, relativeError, type Target } from '../../src/invert/loss.js';
import { activationOf } from '../../src/invert/target.js';
import { type ReferenceLoss, referenceLoss } from './reference.js';

beforeEach(async () => void (await tf.setBackend('cpu')));

const SPEC: InputSpec = {
  size: [6, 5],
  channels: 3,
  fixedSize: false,
  preprocessing: { channelOrder: 'rgb', scale: 1 / 255, mean: [0.5, 0.4, 0.6], std: [0.3, 0.2, 0.25] },
};
const SHAPE = [1, 6, 5, 3] as const;

const picture = (label: string): Array4 => ({
  shape: [...SHAPE],
  data: Float64Array.from(createRandom(3).fork(label).fillNormal(new Float32Array(90), 0, 1)),
});

const tensorOf = ({ shape, data }: Array4) => tf.tensor4d(Float32Array.from(data), [...shape]);

/** Value, terms and gradient of the loss on the tiny network, and what they should be. */
async function measured(change: Partial<ReferenceLoss> & { readonly neighbourhood?: number }) {
  const { neighbourhood, ...rest } = change;
  const [x, wanted] = [picture('x'), picture('wanted')];
  const loss: ReferenceLoss = {
    network: tinyNetwork(),
    spec: SPEC,
    layer: 'relu2',
    wanted,
    tvWeight: 3,
    tvBeta: 2,
    alphaWeight: 8e-10,
    alpha: 6,
    ...rest,
  };
  const model = await createModel({ name: 'tiny', network: loss.network, input: SPEC, executor: referenceExecutor });
  const activation = await activationOf(model, { shape: SHAPE, data: Float32Array.from(wanted.data) }, loss.layer);
  const target: Target = { layer: loss.layer, activation, ...(neighbourhood !== undefined && { neighbourhood }) };
  const { objective, distance, penalties } = inversionLoss(target, SHAPE, greyUnits(SPEC), loss);
  const image = tensorOf(x);
  const result = await model.gradient(image, objective);
  const gradient = Float64Array.from(await result.gradient.data());
  const now = await activationOf(model, { shape: SHAPE, data: Float32Array.from(x.data) }, loss.layer);
  const error = await relativeError(target, now);
  tf.dispose([image, result.gradient, activation, now]);
  model.dispose();
  return { loss, x, value: result.value, terms: result.terms, gradient, distance, penalties, error };
}

const relative = (found: Float64Array, expected: Float64Array): number => {
  const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return norm(found.map((value, i) => value - (expected[i] ?? 0))) / norm(expected);
};

/** Central differences of the reference's value. */
const differences = (loss: ReferenceLoss, { shape, data }: Array4): Float64Array =>
  data.map((_, i) => {
    const at = (by: number): number => referenceLoss(loss, { shape, data: data.map((value, j) => (j === i ? value + by : value)) }).value;
    return (at(1e-6) - at(-1e-6)) / 2e-6;
  });

const CASES = {
  'the published exponents': {},
  'β = 1': { tvBeta: 1, tvWeight: 200 },
  'β = 1.5, α = 3': { tvBeta: 1.5, tvWeight: 50, alpha: 3, alphaWeight: 1e-3 },
  'the distance alone': { tvWeight: 0, alphaWeight: 0 },
  'the input layer of a net, linear': { layer: 'conv1' },
  'the central 2×2 positions': { neighbourhood: 2, central: { top: 0, left: 0, n: 2 }, layer: 'relu2' },
  'the central 3×3 positions of a larger map': { neighbourhood: 3, central: { top: 1, left: 1, n: 3 }, layer: 'relu1' },
} as const;

describe.each(Object.entries(CASES))('the loss with %s', (_, change) => {
  it('has the value and the gradient of the double-precision formula, which finite differences confirm', async () => {
    const { loss, x, value, gradient, error, terms, distance } = await measured(change);
    const expected = referenceLoss(loss, x);
    expect(-value / expected.value).toBeCloseTo(1, 5);
    expect(error / expected.error).toBeCloseTo(1, 5);
    expect(terms.get(distance)).toBeCloseTo(error, 5);
    expect(relative(expected.gradient, differences(loss, x))).toBeLessThan(1e-6);
    expect(
      relative(
        gradient.map((one) => -one),
        expected.gradient,
      ),
    ).toBeLessThan(1e-5);
  });
});

it('says which part of the loss each penalty is', async () => {
  const { value, terms, penalties, error } = await measured({});
  const parts = [...penalties.values()].map(({ term, weight }) => weight * (terms.get(term) ?? Number.NaN));
  expect(parts.every((part) => part > 0)).toBe(true);
  expect(parts.reduce((sum, part) => sum + part, error)).toBeCloseTo(-value, 5);
});

it('leaves an odd position over at the bottom and the right of a neighbourhood, and takes no more than there is', () => {
  const map = tf.tensor4d(
    Float32Array.from({ length: 20 }, (_, i) => i),
    [1, 4, 5, 1],
  );
  const parts = [central(map, 1), central(map, 3), central(map, 9)];
  expect(parts.map((part) => [...part.dataSync()])).toEqual([[7], [1, 2, 3, 6, 7, 8, 11, 12, 13], [...map.dataSync()]]);
  tf.dispose([map, ...parts]);
});

it('measures pictures in grey levels: σ of a 227×227 picture is that of the authors, whatever the input unit', () => {
  expect(Math.sqrt(naturalEnergy([1, 227, 227, 3]))).toBeCloseTo(27098.1157, 4);
  expect(greyUnits(SPEC).neutral).toEqual([0, 0, 0]);
  greyUnits(SPEC).ofLevel.forEach((units, c) => void expect(units).toBeCloseTo(1 / 255 / (SPEC.preprocessing?.std[c] ?? 1), 10));
  expect(greyUnits({ size: [8, 8], channels: 2, fixedSize: false })).toEqual({ neutral: [127.5, 127.5], ofLevel: [1, 1] });
});
