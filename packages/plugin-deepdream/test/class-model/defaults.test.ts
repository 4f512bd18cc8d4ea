import type { InputSpec } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { classModel } from '../../src/class-model/class-model.js';
import { defaultJitter, mannerFor, withBlur } from '../../src/class-model/defaults.js';
import { type ClassModelOptions, settled } from '../../src/class-model/options.js';

const bare = (side: number): InputSpec => ({ size: [side, side], channels: 3, fixedSize: false });
const spec = (side: number): InputSpec => ({
  ...bare(side),
  preprocessing: { channelOrder: 'rgb', scale: 1, mean: [128, 128, 128], std: [1, 1, 1] },
});
const options = (given: Parameters<typeof classModel>[0]): ClassModelOptions =>
  settled(classModel(given).options as Parameters<typeof settled>[0], 0);

describe('the blur', () => {
  it('suits the size of the pictures that the network takes', () => {
    expect(withBlur(options({}), spec(32))).toMatchObject({ blurEvery: 2, blurSigma: 0.5 });
    expect(withBlur(options({}), spec(227))).toMatchObject({ blurEvery: 2, blurSigma: 1 });
    expect(withBlur(options({ blurEvery: 7 }), spec(227))).toMatchObject({ blurEvery: 7, blurSigma: 1 });
  });

  it('is left out on request, and on photos unless something of it is given', () => {
    const sharp = expect.not.objectContaining({ blurEvery: expect.anything() });
    expect(withBlur(options({ blurEvery: 0 }), spec(32))).toEqual(sharp);
    expect(withBlur(options({ start: 'input' }), spec(32))).toEqual(sharp);
    expect(withBlur(options({ start: 'input', blurSigma: 2 }), spec(32))).toMatchObject({ blurEvery: 2, blurSigma: 2 });
    expect(withBlur(options({ start: 'input', blurEvery: 3 }), spec(32))).toMatchObject({ blurEvery: 3, blurSigma: 0.5 });
  });
});

it('takes smaller steps on photos', () => {
  expect(mannerFor(spec(32), 'input').step).toBeLessThan(mannerFor(spec(32), 'flat').step);
  expect(mannerFor(spec(227), 'flat').step).toBeGreaterThan(mannerFor(spec(32), 'flat').step);
});

it('shifts by an eighth of the shorter side', () => {
  expect(defaultJitter(spec(32), [32, 64])).toBe(4);
});

it('does nothing unasked to a network whose preprocessing is not known', () => {
  expect(defaultJitter(bare(32), [32, 64])).toBe(0);
  expect(withBlur(options({}), bare(32))).not.toHaveProperty('blurEvery');
  expect(withBlur(options({ blurSigma: 1 }), bare(32))).toMatchObject({ blurEvery: 2, blurSigma: 1 });
});

it('starts from the inputs where there are any', () => {
  const { options: given } = classModel({ class: 1 }) as { options: Parameters<typeof settled>[0] };
  expect([settled(given, 0).start, settled(given, 2).start, settled({ ...given, start: 'flat' }, 2).start]).toEqual([
    'gaussian',
    'input',
    'flat',
  ]);
});
