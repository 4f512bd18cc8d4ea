import '@tensorflow/tfjs';
import { createRandom, gaussianBlur, type InputSpec, type Shape } from '@featurescope/core';
import { arrayInput, pictureInput, syntheticPicture, testContext } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { baselineOf, neutralColour } from '../../src/occlusion/baseline.js';
import { occlusion } from '../../src/occlusion/occlusion.js';
import { deepModel, wave } from './support/networks.js';
import { eventsOf, tensorOf } from './support/run.js';

const shape: Shape = [6, 9, 3];
const values = wave(shape);
const bare: InputSpec = { size: [6, 9], channels: 3, fixedSize: true };
const withMean = (mean: readonly number[], scale = 1): InputSpec => ({
  ...bare,
  preprocessing: { channelOrder: 'rgb', scale, mean, std: [0.5, 0.5, 0.25] },
});
const about = { values, shape, spec: bare, raw: true, random: createRandom(3) };

describe('what a window shows', () => {
  it('is 0 where preprocessing subtracts a mean', () => {
    expect(neutralColour({ spec: withMean([120, 110, 100]), raw: false, values })).toEqual([0, 0, 0]);
  });

  it('is the middle of the range of each channel where it does not', () => {
    expect(neutralColour({ spec: withMean([0, 0, 0], 1 / 255), raw: true, values })).toEqual([1, 1, 2]);
    expect(neutralColour({ spec: bare, raw: false, values })).toEqual([127.5, 127.5, 127.5]);
    expect(neutralColour({ spec: bare, raw: true, values: Float32Array.of(-1, 5, 2) })).toEqual([2, 2, 2]);
  });

  it('is a number as it is given', async () => {
    const { values: found } = await baselineOf(about, { baseline: -7.5 });
    expect(found).toEqual(new Float32Array(values.length).fill(-7.5));
  });

  it('is noise with mean and deviation of each channel, the same for the same seed', async () => {
    const size: Shape = [60, 50, 3];
    const picture = {
      ...about,
      shape: size,
      values: Float32Array.from({ length: 9000 }, (_, i) => (i % 3) * 10 + Math.sin(i) * (1 + (i % 3))),
    };
    const [one, two] = [
      await baselineOf(picture, { baseline: 'noise' }),
      await baselineOf({ ...picture, random: createRandom(3) }, { baseline: 'noise' }),
    ];
    expect(one.values).toEqual(two.values);
    for (const c of [0, 1, 2]) {
      const channel = Array.from(one.values.filter((_, i) => i % 3 === c));
      const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
      const deviation = Math.sqrt(channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channel.length);
      expect(Math.abs(mean - c * 10)).toBeLessThan(0.15 * (1 + c));
      expect(deviation / ((1 + c) * Math.SQRT1_2)).toBeCloseTo(1, 1);
    }
  });

  it('is the picture blurred, by a sixteenth of its shorter side unless told', async () => {
    const picture = { ...about, shape: [32, 48, 3] as const, values: wave([32, 48, 3]) };
    const { values: found, label } = await baselineOf(picture, { baseline: 'blur' });
    expect(found).toEqual(gaussianBlur(picture.values, picture.shape, 2));
    expect(label).toBe('the picture blurred by 2 pixels');
    const { values: wider } = await baselineOf(picture, { baseline: 'blur', blurSigma: 5 });
    expect(wider).toEqual(gaussianBlur(picture.values, picture.shape, 5));
  });

  it('is another picture, of which each window shows its own part', async () => {
    const model = await deepModel(shape);
    const other = arrayInput(
      'other',
      shape,
      values.map((value) => 1 - value),
    );
    const run = (baseline: string | number, given = values) =>
      eventsOf(model, shape, given, { window: [6, 9], stride: 1, baseline, class: 0 }, { files: [other] });
    const hidden = tensorOf(await run('other.npy'), 'score-map').data;
    const shown = tensorOf(
      await run(
        0,
        values.map((value) => 1 - value),
      ),
      'attribution',
    ).data;
    const zero = tensorOf(await run(0), 'score-map').data;
    // f(other) directly, and as f(other) − f(0) + f(0).
    expect(hidden[0]).toBeCloseTo((shown[0] ?? 0) + (zero[0] ?? 0), 4);
    model.dispose();
  });

  it('is scaled to the size of the picture where it is a picture', async () => {
    const model = await deepModel([12, 10, 3], { channelOrder: 'rgb', scale: 1 / 255, mean: [0.5, 0.4, 0.3], std: [1, 1, 1] });
    const inputs = [pictureInput('seen', syntheticPicture('seen', [12, 10]))];
    const same = [pictureInput('same', syntheticPicture('seen', [12, 10])), pictureInput('large', syntheticPicture('large', [40, 30]))];
    const falls = async (baseline: string): Promise<number[]> => {
      const { visualizer, options } = occlusion({ window: 4, stride: 4, baseline });
      for await (const event of visualizer.run(testContext({ model, inputs, files: same }), options as never))
        if (event.type === 'artifact' && event.artifact.kind === 'tensor') return Array.from(event.artifact.data);
      return [];
    };
    // Nothing is hidden by the picture itself.
    expect(Math.max(...(await falls('same.png')).map(Math.abs))).toBeLessThan(1e-6);
    expect(Math.max(...(await falls('large.png')).map(Math.abs))).toBeGreaterThan(1e-3);
    model.dispose();
  });
});
