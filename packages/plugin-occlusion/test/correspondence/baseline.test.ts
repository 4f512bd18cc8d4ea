import type { InputSpec } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/correspondence/baseline.js';
import { valuesIn } from '../../src/values-in.js';

describe('what stands in place of a part', () => {
  const values = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i));
  const bare = { size: [4, 2], channels: 3, fixedSize: false } as const;
  const preprocessing = { channelOrder: 'rgb', scale: 1, mean: [120, 110, 100], std: [1, 1, 1] } as const;

  it('is a number, the neutral colour, or the picture blurred', () => {
    const of = (baseline: 'mean' | 'blur' | number, given: InputSpec = bare) =>
      baselineOf(values, [4, 2, 3], baseline, { raw: false }, given);
    expect(of(3)).toEqual(new Float32Array(24).fill(3));
    expect(of('mean', { ...bare, preprocessing })).toEqual(new Float32Array(24));
    expect(of('mean')).toEqual(new Float32Array(24).fill(127.5));
    const blurred = of('blur');
    const spread = (all: Float32Array) => Math.max(...all) - Math.min(...all);
    expect(spread(blurred)).toBeLessThan(0.7 * spread(values));
  });

  it('is cut out of it where the part is', () => {
    expect([
      ...valuesIn(
        Float32Array.from({ length: 12 }, (_, i) => i),
        [3, 4, 1],
        { top: 1, left: 2, height: 2, width: 2 },
      ),
    ]).toEqual([6, 7, 10, 11]);
  });
});
