import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { momentum, type StepRule, stepRule } from '../../src/loop/step-rules.js';

/** Directions of a rule for one gradient after another. */
function directions(rule: StepRule, gradients: readonly (readonly number[])[]): number[][] {
  return tf.tidy(() => {
    let moments: readonly tf.Tensor4D[] = [];
    return gradients.map((values, i) => {
      const gradient = tf.tensor4d([...values], [1, 1, values.length, 1]);
      const mean: tf.Tensor4D = tf.mean(tf.abs(gradient), [1, 2, 3], true);
      const stepped = rule.direction({ gradient, mean, moments, count: i + 1 });
      moments = stepped.moments;
      expect(moments).toHaveLength(rule.moments);
      return [...stepped.direction.dataSync()];
    });
  });
}

describe('step rules', () => {
  it('mean-gradient divides by the mean magnitude, so a factor on the objective changes nothing', () => {
    const [once, scaled] = [[[1, -2, 3]], [[0.5, -1, 1.5]]].map((gradients) => directions(stepRule('mean-gradient'), gradients));
    expect(once).toEqual([[0.5, -1, 1.5]]);
    expect(scaled).toEqual(once);
  });

  it('mean-gradient of a vanishing gradient is zero, not NaN', () => {
    expect(directions(stepRule('mean-gradient'), [[0, 0]])).toEqual([[0, 0]]);
  });

  it('fixed is the gradient itself', () => {
    expect(directions(stepRule('fixed'), [[4, -8]])).toEqual([[4, -8]]);
  });

  it('adam follows the published recurrence', () => {
    const gradients = [
      [1, -4],
      [3, 2],
      [-2, 0.5],
    ];
    const found = directions(stepRule('adam'), gradients);
    const m = [0, 0];
    const v = [0, 0];
    for (const [t, values] of gradients.entries())
      values.forEach((g, i) => {
        m[i] = 0.9 * (m[i] ?? 0) + 0.1 * g;
        v[i] = 0.999 * (v[i] ?? 0) + 0.001 * g * g;
        const expected = (m[i] ?? 0) / (1 - 0.9 ** (t + 1)) / (Math.sqrt((v[i] ?? 0) / (1 - 0.999 ** (t + 1))) + 1e-8);
        expect(found[t]?.[i]).toBeCloseTo(expected, 4);
      });
  });

  it('momentum adds up what was, by its factor', () => {
    expect(directions(momentum(0.5), [[4], [2], [0]])).toEqual([[4], [4], [2]]);
  });
});
