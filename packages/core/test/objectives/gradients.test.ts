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
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  guide = random('guide');
  other = random('other', [1, 2, 5, 5]);
});
afterEach(() => {
  tf.dispose([guide, other]);
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
  direction: () => direction('a', [1, -2, 0.5, 0, 3]),
  diversity: () => diversity('a'),
  'totalVariation, β = 2': () => totalVariation(2),
  'totalVariation, β = 1.5': () => totalVariation(1.5),
  'alphaNorm, α = 6': () => alphaNorm(6),
  'alphaNorm, α = 2': () => alphaNorm(2),
  featureDistance: () => featureDistance('a', guide),
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
