import { describe, expect, it } from 'vitest';
import { momentum, type StepRule, stepRule } from '../../src/loop/step-rules.js';

/** Directions of a rule for one gradient after another. */
function directions(rule: StepRule, gradients: readonly (readonly number[])[]): number[][] {
  const moments = Array.from({ length: rule.moments }, () => new Float32Array(gradients[0]?.length ?? 0));
  return gradients.map((values, i) => {
    const scratch = new Float32Array(values.length);
    const direction = rule.direction({ gradient: Float32Array.from(values), moments, count: i + 1 }, () => scratch);
    return Array.from(direction.values, (value) => value * direction.scale);
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
