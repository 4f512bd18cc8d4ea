import '@tensorflow/tfjs';
import type { Model } from '@featurescope/core';
import { bareModel, tinyModel } from '@featurescope/core/testing';
import { memory, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redirectedObjective, SCORES, type Score, scoreObjective } from '../../src/class-model/objective.js';
import { POSITIONS, type Positions, scoreMap, scoresAt, strongestClass } from '../../src/class-model/positions.js';
import { closedNetwork, modelOf } from './networks.js';

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => void expect(memory().numTensors).toBe(before));

const SHAPE: [number, number, number, number] = [1, 6, 5, 3];
const values = Float32Array.from({ length: 90 }, (_, i) => Math.sin(1 + i * 0.7));
const picture = (data: Float32Array): Tensor4D => tensor4d(data, SHAPE);

const f: Readonly<Record<Score, (score: number) => number>> = {
  logit: (a) => a,
  squared: (a) => a ** 2,
  'positive-squared': (a) => Math.max(a, 0) ** 2,
};

/** Value of f(S_k) by hand: over the positions for the mean, else of the one score. */
async function byHand(model: Model, data: Float32Array, k: number, score: Score, positions: Positions): Promise<number> {
  const image = picture(data);
  const activations = await model.activations(image, ['conv']);
  const map = await scoreMap(activations.get('conv'));
  image.dispose();
  for (const activation of activations.values()) activation.dispose();
  if (positions !== 'mean') return f[score](scoresAt(map, positions, k)[k] ?? 0);
  const all = [...map.data].filter((_, i) => i % map.shape[2] === k);
  return all.reduce((sum, a) => sum + f[score](a), 0) / all.length;
}

/** A class with a positive score, at which no form is flat. */
async function strongest(model: Model, image: Tensor4D, positions: Positions): Promise<number> {
  const activations = await model.activations(image, ['conv']);
  const k = strongestClass(await scoreMap(activations.get('conv')), positions);
  for (const activation of activations.values()) activation.dispose();
  return k;
}

describe.each(SCORES)('the score %s', (score) => {
  it.each(POSITIONS)('of %s over a map has the value of its formula, and the gradient of finite differences', async (positions) => {
    const model = await bareModel(3);
    const image = picture(values);
    const k = await strongest(model, image, positions);
    const { value, gradient } = await model.gradient(image, scoreObjective(k, score, positions, [6, 5]));
    const found = await gradient.data();
    image.dispose();
    gradient.dispose();
    expect(value).toBeCloseTo(await byHand(model, values, k, score, positions), 4);
    expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(1e-3);
    const moved = (i: number, by: number): Float32Array => values.map((v, j) => (j === i ? v + by : v));
    const h = 1e-3;
    for (let i = 0; i < values.length; i += 7) {
      const [up, down] = [await byHand(model, moved(i, h), k, score, positions), await byHand(model, moved(i, -h), k, score, positions)];
      expect(found[i]).toBeCloseTo((up - down) / (2 * h), 1.5);
    }
    model.dispose();
  });
});

describe('the way up behind a closed ReLU', () => {
  it('is the class before the ReLU', async () => {
    const model = await modelOf(closedNetwork(-3));
    expect(redirectedObjective(model, 0)?.terms[0]?.layers).toEqual(['fc3']);
    model.dispose();
  });

  it('is not there where the scores have no ReLU behind them', async () => {
    const model = await tinyModel();
    expect(redirectedObjective(model, 2)).toBeUndefined();
    model.dispose();
  });
});

it('gives the maximum a gradient at its position only', async () => {
  const model = await bareModel(3);
  const image = picture(values);
  const { gradient } = await model.gradient(image, scoreObjective(0, 'logit', 'max', [6, 5]));
  const touched = tidy(() => gradient.abs().sum(3).greater(0).sum().dataSync()[0]);
  expect(touched).toBeLessThanOrEqual(9);
  image.dispose();
  gradient.dispose();
  model.dispose();
});
