import '@tensorflow/tfjs';
import { createRandom } from '@featurescope/core';
import { tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { evaluateGoals } from '../../src/feature/evaluation.js';
import { type Goal, goalsOf } from '../../src/feature/goals.js';
import { diverseObjective, goalObjective } from '../../src/feature/objective.js';
import { featureOptions } from '../../src/feature/options.js';
import { parameterisationOf } from '../../src/feature/picture.js';
import type { Canvas } from '../../src/loop/canvas.js';
import { transformed } from '../../src/loop/evaluation.js';
import { composeTransforms } from '../../src/transforms/compose.js';
import { defaultTransforms } from '../../src/transforms/defaults.js';
import { startsOf } from '../parameterisation/starts.js';
import { farthest, type Given } from './support.js';

/** Value and gradient of the options' objective at parameters drawn once, of deviation 1 in Fourier coefficients. */
async function evaluated(given: Given, move?: (data: Float32Array) => void, redirect = false) {
  const model = await tinyModel();
  const options = featureOptions.parse(given);
  const goals = goalsOf(model, options);
  const parameterisation = parameterisationOf(model.input, [10, 9], goals.goals.length, options);
  const canvas: Canvas = { shape: parameterisation.shape, data: startsOf(parameterisation, 'at').map((value) => value * 100) };
  move?.(canvas.data);
  const view = transformed(parameterisation, [composeTransforms(defaultTransforms(9))], createRandom('draw'));
  const main = goalObjective(goals, goals.goals as Goal[]);
  const objective = goals.diverse ? diverseObjective(main, goals.diverse, options.diversity ?? 1, goals.goals.length) : main;
  try {
    const { value, gradient } = await evaluateGoals(canvas, {
      model,
      objective,
      view,
      redirect,
      signal: new AbortController().signal,
    });
    return { value: value * goals.goals.length, data: gradient.data };
  } finally {
    parameterisation.dispose();
    model.dispose();
  }
}

/** Central differences of the whole value in every n-th parameter. */
async function expectTrueGradient(given: Given, every: number, step: number): Promise<void> {
  const { data } = await evaluated(given);
  const largest = data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  for (let i = 0; i < data.length; i += every) {
    const moved = async (by: number) => (await evaluated(given, (at) => at.set([(at[i] ?? 0) + by], i))).value;
    const expected = ((await moved(step)) - (await moved(-step))) / (2 * step);
    expect(Math.abs((data[i] ?? Number.NaN) - expected) / largest, `parameter ${i}`).toBeLessThan(5e-3);
  }
}

describe('the gradient of the parameters through pictures, transforms and network', () => {
  it('is true for Fourier coefficients of units of their own', () => expectTrueGradient({ layer: 'conv2', units: [1, 6] }, 17, 0.02));

  it('is true for a direction, and for the diversity of a batch', async () => {
    await expectTrueGradient({ layer: 'conv2', direction: { 0: 1, 4: -2 } }, 13, 0.02);
    await expectTrueGradient({ layer: 'conv1', unit: 2, batch: 2, diversity: 3 }, 29, 0.02);
  });
});

describe('a direction along one channel', () => {
  it('is that channel', async () => {
    const channel = await evaluated({ layer: 'conv2', unit: 3 });
    const direction = await evaluated({ layer: 'conv2', direction: [0, 0, 0, 1, 0, 0, 0, 0] });
    expect(direction.value).toBeCloseTo(channel.value, 5);
    expect(farthest(direction.data, channel.data)).toBeLessThan(1e-6);
  });
});
