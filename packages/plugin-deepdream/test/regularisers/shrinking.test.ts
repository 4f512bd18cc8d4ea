import { describe, expect, it } from 'vitest';
import { clamp } from '../../src/regularisers/clamp.js';
import { decay } from '../../src/regularisers/decay.js';
import { l2 } from '../../src/regularisers/l2.js';
import { applied, scattered } from './setting.js';

const shape = [2, 2, 3, 2] as const;
const picture = scattered(shape);

describe('L2', () => {
  it('takes λ times the step of each channel from the picture', () => {
    applied(l2(0.25), picture, shape, { step: [1, 2] }).forEach((value, i) => {
      expect(value).toBeCloseTo((picture[i] ?? 0) * (i % 2 === 0 ? 0.75 : 0.5), 4);
    });
  });
});

describe('decay', () => {
  it('takes a part of the picture, whatever the step', () => {
    const changed = applied(decay(0.1), picture, shape, { step: [7, 9] });
    changed.forEach((value, i) => {
      expect(value).toBeCloseTo(0.9 * (picture[i] ?? 0), 4);
    });
  });
});

describe('the clamp', () => {
  it('keeps each channel between its own two values', () => {
    const changed = applied(clamp([-50, 0], [50, 20]), picture, shape);
    changed.forEach((value, i) => {
      const [low, high] = i % 2 === 0 ? [-50, 50] : [0, 20];
      expect(value).toBe(Math.min(Math.max(picture[i] ?? 0, low ?? 0), high ?? 0));
    });
    expect(changed.some((value, i) => value !== picture[i])).toBe(true);
  });

  it('does not hide what is not a number', () => {
    const broken = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1);
    expect([...applied(clamp([-1], [1]), broken, [1, 2, 2, 1])]).toEqual([Number.NaN, 1, -1, Math.fround(0.1)]);
  });
});
