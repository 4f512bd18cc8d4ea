import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  alphaNorm,
  channel,
  classProbability,
  classScore,
  createRandom,
  direction,
  diversity,
  dotProduct,
  featureDistance,
  l2Norm,
  maxDotProduct,
  meanActivation,
  neuron,
  type Objective,
  positiveSquaredClassScore,
  squaredClassScore,
  totalVariation,
  units,
} from '../../src/index.js';
import { finiteDifferences, relativeError } from './finite-differences.js';
import { seedGradient } from './seed-gradient.js';

const SHAPE: [number, number, number, number] = [2, 3, 4, 5];
const random = (label: string, shape = SHAPE): Tensor4D =>
  tf.tensor4d(
    createRandom(7)
      .fork(label)
      .fillNormal(new Float32Array(shape.reduce((a, b) => a * b)), 0, 1),
    shape,
  );

let before = 0;
let guide: Tensor4D;
let other: Tensor4D;
/** One picture for the whole batch. */
let single: Tensor4D;
/** Another size, one for each picture. */
let pair: Tensor4D;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  guide = random('guide');
  other = random('other', [1, 2, 5, 5]);
  single = random('single', [1, 3, 4, 5]);
  pair = random('pair', [2, 6, 1, 5]);
});
afterEach(() => {
  tf.dispose([guide, other, single, pair]);
  expect(tf.memory().numTensors).toBe(before);
});

const objectives: Record<string, () => Objective> = {
  l2Norm: () => l2Norm('a'),
  meanActivation: () => meanActivation('a'),
  channel: () => channel('a', 3),
  neuron: () => neuron('a', 2, 1, 4),
  classScore: () => classScore(2),
  squaredClassScore: () => squaredClassScore(2),
  positiveSquaredClassScore: () => positiveSquaredClassScore(2),
  classProbability: () => classProbability(1),
  dotProduct: () => dotProduct('a', guide),
  maxDotProduct: () => maxDotProduct('a', other),
  'dotProduct, one guide for all': () => dotProduct('a', single),
  'maxDotProduct, a guide for each picture': () => maxDotProduct('a', pair),
  'units: one channel for all': () => units('a', [{ channel: 1 }]),
  'units: a channel for each picture': () => units('a', [{ channel: 3 }, { channel: 0 }]),
  'units: a position and a channel': () => units('a', [{ channel: 3, at: [2, 1] }, { channel: 4 }]),
  direction: () => direction('a', [1, -2, 0.5, 0, 3]),
  diversity: () => diversity('a'),
  'totalVariation, β = 2': () => totalVariation(2),
  'totalVariation, β = 1.5': () => totalVariation(1.5),
  'alphaNorm, α = 6': () => alphaNorm(6),
  'alphaNorm, α = 2': () => alphaNorm(2),
  featureDistance: () => featureDistance('a', guide),
  'featureDistance, one target for all': () => featureDistance('a', single),
};

describe.each(Object.entries(objectives))('%s', (_, create) => {
  it('has the gradient that finite differences give', () => {
    const objective = create();
    const [term] = objective.terms;
    if (!term) throw new Error('an objective without terms');
    const x = random('x');
    const found = tf.grad((a) => term.value(() => a as Tensor4D))(x);
    expect(
      relativeError(
        found.dataSync(),
        finiteDifferences((a) => term.value(() => a), x),
      ),
    ).toBeLessThan(5e-3);
    tf.dispose([x, found]);
  });

  it('has a closed form, if any, with the same value and gradient', () => {
    const [term] = create().terms;
    if (!term?.seed) return;
    const x = random('x');
    const value = tf.tidy(() => term.value(() => x).dataSync()[0] ?? 0);
    const closed = seedGradient(term.seed, x);
    const found = tf.grad((a) => term.value(() => a as Tensor4D))(x);
    expect(closed.value).toBeCloseTo(value, 4);
    expect(relativeError(found.dataSync(), closed.gradient)).toBeLessThan(1e-5);
    tf.dispose([x, found]);
  });
});

const CLOSED = Object.keys(objectives).filter((name) => !/^(diversity|totalVariation|alphaNorm)/.test(name));

it.each(CLOSED)('%s has a closed form', (name) => {
  expect(objectives[name]?.().terms[0]?.seed).toBeDefined();
});

describe('units', () => {
  it('is channel or neuron of each picture', () => {
    const x = random('x');
    const value = (objective: Objective, of: Tensor4D): number => tf.tidy(() => objective.terms[0]?.value(() => of).dataSync()[0] ?? 0);
    const picture = (n: number): Tensor4D => tf.slice(x, [n, 0, 0, 0], [1, 3, 4, 5]);
    const [first, second] = [picture(0), picture(1)];
    const expected = value(neuron('a', 2, 1, 3), first) + value(channel('a', 4), second);
    expect(value(units('a', [{ channel: 3, at: [2, 1] }, { channel: 4 }]), x)).toBeCloseTo(expected, 5);
    expect(value(units('a', [{ channel: 2 }]), x)).toBeCloseTo(value(channel('a', 2), x), 5);
    tf.dispose([x, first, second]);
  });

  it('has a name that stays short', () => {
    expect(units('conv1', [{ channel: 3, at: [2, 1] }, { channel: 4 }]).name).toBe('units(conv1, 3 at 2:1, 4)');
    expect(
      units(
        'conv1',
        Array.from({ length: 64 }, (_, channel) => ({ channel })),
      ).name,
    ).toBe('units(conv1, 0, 1, 2, 3, … 64 in all)');
  });

  it('says which units do not fit', () => {
    const x = random('x');
    const evaluate = (selected: Parameters<typeof units>[1]) => () => tf.tidy(() => units('a', selected).terms[0]?.value(() => x));
    expect(evaluate([{ channel: 5 }])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Layer "a" has no channel 5: its activation is [N, H, W, C] = [2, 3, 4, 5], counted from 0.]`,
    );
    expect(evaluate([{ channel: 0 }, { channel: 0, at: [3, 0] }])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Layer "a" has no position 3, 0: its activation is [N, H, W, C] = [2, 3, 4, 5], counted from 0.]`,
    );
    expect(evaluate([{ channel: 0 }, { channel: 1 }, { channel: 2 }])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The objective at layer "a" names 3 units for 2 pictures; expected one, or one for each picture.]`,
    );
    x.dispose();
  });
});

it('measures featureDistance relative to each target', () => {
  const x = tf.tensor4d([3, 4, 1, 1], [2, 1, 1, 2]);
  const targets = tf.tensor4d([0, 5, 2, 0], [2, 1, 1, 2]);
  const value = tf.tidy(
    () =>
      featureDistance('a', targets)
        .terms[0]?.value(() => x)
        .dataSync()[0],
  );
  expect(value).toBeCloseTo((9 + 1) / 25 + (1 + 1) / 4, 6);
  tf.dispose([x, targets]);
});

it('takes the first of equal guide columns in maxDotProduct', () => {
  const x = tf.tensor4d([1, 1], [1, 1, 1, 2]);
  const twins = tf.tensor4d([2, 0, 0, 2], [1, 1, 2, 2]);
  const gradient = tf.grad((a) => maxDotProduct('a', twins).terms[0]?.value(() => a as Tensor4D) as tf.Scalar)(x);
  expect([...gradient.dataSync()]).toEqual([2, 0]);
  tf.dispose([x, twins, gradient]);
});

it('has a finite gradient of total variation on a flat picture for β = 1', () => {
  const x = tf.ones(SHAPE) as Tensor4D;
  const gradient = tf.grad((a) => totalVariation(1).terms[0]?.value(() => a as Tensor4D) as tf.Scalar)(x);
  expect(Math.max(...gradient.dataSync())).toBe(0);
  tf.dispose([x, gradient]);
});
