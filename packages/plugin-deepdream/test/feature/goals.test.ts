import '@tensorflow/tfjs';
import { tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { type Goals, goalsOf } from '../../src/feature/goals.js';
import { featureOptions } from '../../src/feature/options.js';
import { events, type Given } from './support.js';

const goals = async (given: Given): Promise<Goals> => goalsOf(await tinyModel(), featureOptions.parse(given));
const unitsOf = async (given: Given) => (await goals(given)).goals.map(({ unit }) => unit);

describe('units', () => {
  it('are named by numbers, ranges and the word all, each once', async () => {
    expect(await unitsOf({ layer: 'conv2', units: [7, '2..4', '3', 0] })).toEqual([7, 2, 3, 4, 0]);
    expect(await unitsOf({ layer: 'conv1', units: ['all'] })).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await unitsOf({ layer: 1 })).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await unitsOf({ layer: 'probabilities', unit: 'mountain' })).toEqual([2]);
  });

  it('of the layer chosen by default are those of the last fine one', async () => {
    expect((await goals({})).layer.name).toBe('relu2');
  });

  it('become several pictures with --batch', async () => {
    const { goals: all, diverse } = await goals({ layer: 'conv2', unit: 3, batch: 3 });
    expect(all.map(({ unit, copy, label }) => [unit, copy, label])).toEqual([
      [3, 1, '3 1'],
      [3, 2, '3 2'],
      [3, 3, '3 3'],
    ]);
    expect(diverse).toBe('conv2');
  });
});

describe('a direction', () => {
  it('is a number for each channel, or for some', async () => {
    expect((await goals({ layer: 'fc3', direction: [0, 1, 0, -0.5] })).direction).toEqual([0, 1, 0, -0.5]);
    expect((await goals({ layer: 'fc3', direction: { cloud: 1, 3: -0.5 } })).direction).toEqual([0, 1, 0, -0.5]);
  });
});

describe('what cannot be', () => {
  const refusal = async (given: Given): Promise<string> => {
    try {
      await events({ iterations: 1, ...given });
    } catch (error) {
      expect((error as { category: string }).category).toBe('usage');
      return (error as Error).message;
    }
    return 'nothing was refused';
  };

  it('is refused in words', async () => {
    expect(await refusal({ layer: 'conv2', unit: 8 })).toMatchInlineSnapshot(
      `"feature: "8" names no units of conv2; expected numbers from 0 to 7 such as 0,5,12, ranges such as 0..7, or all"`,
    );
    expect(await refusal({ layer: 'conv2', units: ['2..9'] })).toMatchInlineSnapshot(
      `"feature: "2..9" names no units of conv2; expected numbers from 0 to 7 such as 0,5,12, ranges such as 0..7, or all"`,
    );
    expect(await refusal({ layer: 'conv2', units: ['sky'] })).toMatchInlineSnapshot(
      `"feature: "sky" names no units of conv2; expected numbers from 0 to 7 such as 0,5,12, ranges such as 0..7, or all"`,
    );
    expect(await refusal({ layer: 'logits', unit: 'skyy' })).toMatchInlineSnapshot(
      `"tiny has no class "skyy". Did you mean "sky", "cloud" or "water"? A class is given by its label or by its index, 0 to 3."`,
    );
    expect(await refusal({ layer: 'conv22' })).toMatchInlineSnapshot(
      `"The network has no layer "conv22". Did you mean "conv2", "conv1" or "pool1"? A layer is addressed by its exact name or by its index, 1 to 8."`,
    );
    expect(await refusal({ layer: 'conv2', unit: 1, direction: [1] })).toMatchInlineSnapshot(
      `"feature: --unit and --direction were given together; give one of --unit (one unit), --units (several) and --direction (a mixture)"`,
    );
    expect(await refusal({ layer: 'conv2', direction: [1, 2] })).toMatchInlineSnapshot(
      `"feature: --direction has 2 numbers, but conv2 has 8 channels; give one for each, or name some, such as 3=1,7=-0.5"`,
    );
    expect(await refusal({ layer: 'fc3', direction: [0, 0, 0, 0] })).toMatchInlineSnapshot(
      `"feature: --direction is 0 in every channel, which leads nowhere; give at least one other number"`,
    );
    expect(await refusal({ layer: 'fc3', direction: { 1: 1 }, at: [0, 0] })).toMatchInlineSnapshot(
      `"feature: --at and --direction were both given; a direction is followed at all positions of the layer; use --at with --unit or --units"`,
    );
    expect(await refusal({ layer: 'conv2', unit: 1, at: [6, 0] })).toMatchInlineSnapshot(
      `"feature: --at 6,0 is outside conv2, which has 6×5 positions for this size; use a row from 0 to 5 and a column from 0 to 4"`,
    );
    expect(await refusal({ layer: 'conv2', batch: 4 })).toMatchInlineSnapshot(
      `"feature: --batch 4 makes several pictures of one unit, but 8 units are asked for; name one with --unit, or leave --batch out"`,
    );
    expect(await refusal({ layer: 'conv2', unit: 1, diversity: 1 })).toMatchInlineSnapshot(
      `"feature: --diversity needs several pictures of one unit; add --batch 4, say, or leave --diversity out"`,
    );
    expect(await refusal({ layer: 'conv2', blurSigma: 1, clamp: true })).toMatchInlineSnapshot(
      `"feature: "--blur-sigma" or "--clamp" changes pixels after each step, but Fourier coefficients are what is optimised; use --parameterisation pixel, or leave it out"`,
    );
    expect(await refusal({ layer: 'conv2', parameterisation: 'pixel', colour: 'plain' })).toMatchInlineSnapshot(
      `"feature: --colour has no effect on pixels; use --parameterisation fourier, or leave it out"`,
    );
    expect(await refusal({ layer: 'conv2', stepRule: 'fixed' })).toMatchInlineSnapshot(
      `"feature: --step-rule fixed needs --step, a number in the network's input units such as 1e-4"`,
    );
    expect(await refusal({ layer: 'conv2', transforms: ['pad:x'] })).toMatchInlineSnapshot(
      `"the transform "pad:x" cannot be read; expected pad:12, pad:12:reflect or pad:12:constant, with a whole number of pixels"`,
    );
  });
});
