import type { InputSpec } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { blur } from '../../src/regularisers/blur.js';
import { clampRange } from '../../src/regularisers/clamp-range.js';
import { regulariserOptions } from '../../src/regularisers/options.js';
import { regularisers } from '../../src/regularisers/regularisers.js';
import { applied } from './setting.js';

const schema = z.strictObject(regulariserOptions);
const bare: InputSpec = { size: [8, 8], channels: 3, fixedSize: false };
const known: InputSpec = { ...bare, preprocessing: { channelOrder: 'bgr', scale: 1, mean: [104, 117, 123], std: [1, 1, 2] } };

const made = (given: z.input<typeof schema>, spec = bare) => regularisers(schema.parse(given), spec, 'dream');
const names = (given: z.input<typeof schema>, spec = bare) => made(given, spec).map(({ name }) => name);

describe('the regularisers of the options', () => {
  it('are none by default, but for the clamp where the preprocessing is known', () => {
    expect(names({})).toEqual([]);
    expect(names({}, known)).toEqual(['clamp']);
    expect(names({ clamp: false }, known)).toEqual([]);
  });

  it('stand in the order in which they are applied', () => {
    const given = { clamp: true, clipContribution: 5, clipNorm: 5, blurEvery: 4, decay: 0.01, totalVariation: 1, l2: 0.1 };
    expect(names(given)).toEqual(['l2', 'total-variation', 'decay', 'blur', 'clip-norm', 'clip-contribution', 'clamp']);
  });

  it('blur after every step when only the width is given, and by one pixel when only the interval is', () => {
    expect(made({ blurSigma: 2 })).toMatchObject([{ name: 'blur', every: 1 }]);
    const dot = Float32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0);
    const shape = [1, 3, 3, 1] as const;
    const [byInterval] = made({ blurEvery: 10 });
    if (!byInterval) throw new Error('a blur');
    expect(byInterval).toMatchObject({ name: 'blur', every: 10 });
    expect(applied(byInterval, dot, shape)).toEqual(applied(blur(1, 1), dot, shape));
  });

  it('clip the percentage of the pixels that was given', () => {
    const picture = Float32Array.from({ length: 101 }, (_, i) => i + 1);
    const shape = [1, 1, 101, 1] as const;
    for (const [given, black] of [
      [{ clipNorm: 12 }, 12],
      [{ clipContribution: 34 }, 34],
    ] as const) {
      const [clip] = made(given);
      if (!clip) throw new Error('a clipping');
      expect(applied(clip, picture, shape, { gradient: picture }).filter((value) => value === 0)).toHaveLength(black);
    }
  });

  it('refuse an exponent without a weight', () => {
    expect(() => made({ tvBeta: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: dream: --tv-beta 1.5 has no effect without --total-variation; give the weight of the total variation, such as --total-variation 0.001]`,
    );
    expect(names({ tvBeta: 1.5, totalVariation: 0.1 })).toEqual(['total-variation']);
  });

  it.each([{ decay: 1 }, { l2: -1 }, { clipNorm: 100 }, { blurSigma: 0 }, { blurEvery: 0 }, { tvBeta: 0 }, { clamp: [1] }])(
    'refuse %j',
    (given) => {
      expect(schema.safeParse(given).success).toBe(false);
    },
  );
});

describe('the range of the clamp', () => {
  it('is that of pixels, from 0 to 255 when it is not known', () => {
    const range = { min: [-104, -117, -61.5], max: [151, 138, 66] };
    expect(clampRange(undefined, known, 'dream')).toEqual(range);
    expect(clampRange(true, known, 'dream')).toEqual(range);
    expect(clampRange(true, bare, 'dream')).toEqual({ min: [0, 0, 0], max: [255, 255, 255] });
  });

  it('is the one that was asked for', () => {
    expect(clampRange([-1, 1], known, 'dream')).toEqual({ min: [-1, -1, -1], max: [1, 1, 1] });
  });

  it('is refused when it is empty', () => {
    expect(() => clampRange([255, 0], bare, 'dream')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: dream: --clamp 255,0 leaves no value between; give the lowest value first, then a larger one, such as --clamp 0,255]`,
    );
    expect(() => clampRange([1, 1], bare, 'dream')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: dream: --clamp 1,1 leaves no value between; give the lowest value first, then a larger one, such as --clamp 1,2]`,
    );
  });
});
