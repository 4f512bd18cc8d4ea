import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { applyStepRule, type StepState } from '../../src/dream/step-rules.js';

const gradient = (values: readonly number[]) => tf.tensor4d([...values], [1, 1, values.length, 1]);
const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

describe('applyStepRule', () => {
  it('mean-gradient divides by the mean magnitude, so a factor on the objective changes nothing', async () => {
    const once = applyStepRule('mean-gradient', gradient([1, -2, 3])).direction;
    const scaled = applyStepRule('mean-gradient', gradient([0.5, -1, 1.5])).direction;
    expect(await numbers(once)).toEqual([0.5, -1, 1.5]);
    expect(await numbers(scaled)).toEqual(await numbers(once));
  });

  it('mean-gradient of a vanishing gradient is zero, not NaN', async () => {
    expect(await numbers(applyStepRule('mean-gradient', gradient([0, 0])).direction)).toEqual([0, 0]);
  });

  it('fixed is the gradient itself', async () => {
    expect(await numbers(applyStepRule('fixed', gradient([4, -8])).direction)).toEqual([4, -8]);
  });

  it('adam follows the published recurrence', async () => {
    const gradients = [
      [1, -4],
      [3, 2],
      [-2, 0.5],
    ];
    let state: StepState | undefined;
    const m = [0, 0];
    const v = [0, 0];
    for (const [t, values] of gradients.entries()) {
      const stepped = applyStepRule('adam', gradient(values), state);
      state = stepped.state;
      const direction = await numbers(stepped.direction);
      values.forEach((g, i) => {
        m[i] = 0.9 * (m[i] ?? 0) + 0.1 * g;
        v[i] = 0.999 * (v[i] ?? 0) + 0.001 * g * g;
        const expected = (m[i] ?? 0) / (1 - 0.9 ** (t + 1)) / (Math.sqrt((v[i] ?? 0) / (1 - 0.999 ** (t + 1))) + 1e-8);
        expect(direction[i]).toBeCloseTo(expected, 4);
      });
    }
    expect(state?.count).toBe(3);
  });
});
