import '@tensorflow/tfjs';
import { defineVisualizer, isFeaturescopeError, type VisualizerEvent } from '@featurescope/core';
import { arrayInput, testContext, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  attributionOf,
  backward,
  deconvnet,
  gradCam,
  gradient,
  guidedBackprop,
  integratedGradients,
  plugin,
  smoothGrad,
} from '../../src/index.js';
import { attributionOfArray, eventsOf, largest, largestDifference, tensorsOf, wave } from '../support/run.js';

const SHAPE = [12, 10, 3] as const;
const values = wave(SHAPE);

/** Attributes to every number its own value, [H, W], and takes no target. */
const ownValue = defineVisualizer({
  name: 'own-value',
  summary: 'the first channel of the input',
  options: z.strictObject({}),
  async *run({ inputs, model }): AsyncGenerator<VisualizerEvent> {
    for (const input of inputs) {
      const picture = await input.tensor(model.input);
      const [, height, width, channels] = picture.shape;
      const data = (await picture.data()).filter((_, i) => i % channels === 0) as Float32Array;
      picture.dispose();
      yield { type: 'artifact', artifact: { kind: 'tensor', name: 'attribution', shape: [height, width], data } };
    }
  },
});

const silent = defineVisualizer({
  name: 'silent',
  summary: 'nothing',
  options: z.strictObject({}),
  async *run(): AsyncGenerator<VisualizerEvent> {
    yield { type: 'progress', done: 1, total: 1 };
  },
});

describe('SmoothGrad', () => {
  it.each([
    ['gradient', gradient, { class: 2 }],
    ['gradient', gradient, { layer: 'conv2', unit: 1 }],
    ['guided-backprop', guidedBackprop, {}],
    ['grad-cam', gradCam, { class: 0, layer: 'relu1' }],
  ] as const)('without noise is the plain attribution: %s', async (method, visualizer, target) => {
    const model = await tinyModel();
    const expected = await attributionOfArray(visualizer(target as Parameters<typeof gradient>[0]), model, SHAPE, values);
    const smooth = await attributionOfArray(smoothGrad({ ...target, method, noise: 0, samples: 3 }), model, SHAPE, values);
    expect(smooth.data).toEqual(expected.data);
    expect([smooth.layer, smooth.unit, smooth.shape]).toEqual([expected.layer, expected.unit, expected.shape]);
    const squared = await attributionOfArray(smoothGrad({ ...target, method, noise: 0, samples: 2, squared: true }), model, SHAPE, values);
    expect(
      largestDifference(
        squared.data,
        expected.data.map((value) => value * value),
      ),
    ).toBeLessThan(1e-7);
    model.dispose();
  });

  it('hands options on to the method', async () => {
    const model = await tinyModel();
    const methodOptions = { forwardMask: false, rectifySignal: true, lrn: 'bypass', signal: 'activation' };
    const smooth = await attributionOfArray(
      smoothGrad({ class: 1, method: 'backward', methodOptions, noise: 0, samples: 1 }),
      model,
      SHAPE,
      values,
    );
    expect(smooth.data).toEqual((await attributionOfArray(deconvnet({ class: 1, signal: 'activation' }), model, SHAPE, values)).data);
    model.dispose();
  });

  it('adds noise of the deviation asked for, as a share of the range', async () => {
    const model = await tinyModel();
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const given = { method: 'own-value', samples: 1, noise: 0.3 } as const;
    const events = await eventsOf(smoothGrad(given), model, SHAPE, values, { visualizers: [ownValue] });
    const noise = [...(tensorsOf(events)[0]?.data ?? [])].map((value, i) => (value - (values[i * 3] ?? 0)) / (high - low));
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
    expect(noise).toHaveLength(120);
    expect(deviation).toBeGreaterThan(0.3 * 0.8);
    expect(deviation).toBeLessThan(0.3 * 1.2);
    expect(events.some((event) => event.type === 'warning' && /takes no target/.test(event.message))).toBe(true);
    const many = tensorsOf(await eventsOf(smoothGrad({ ...given, samples: 400 }), model, SHAPE, values, { visualizers: [ownValue] }));
    expect(
      largestDifference(
        many[0]?.data ?? [],
        values.filter((_, i) => i % 3 === 0),
      ) /
        (high - low),
    ).toBeLessThan((0.3 * 4.5) / 20);
    model.dispose();
  });

  it('explains the class, unit and position of the clean picture on every noisy copy', async () => {
    const model = await tinyModel();
    for (const [open, options] of [
      [{}, (unit: number) => ({ class: unit })],
      [{ layer: 'conv2' }, (unit: number, at: [number, number]) => ({ layer: 'conv2', unit, at })],
    ] as const) {
      const clean = await attributionOfArray(gradient(open), model, SHAPE, values);
      const [, y = 0, x = 0] = (/at \((\d+), (\d+)\)/.exec(clean.description ?? '') ?? []).map(Number);
      const noisy = { noise: 3, samples: 6 };
      const one = await attributionOfArray(smoothGrad({ ...open, ...noisy }), model, SHAPE, values);
      const other = await attributionOfArray(smoothGrad({ ...options(clean.unit ?? 0, [y, x]), ...noisy }), model, SHAPE, values);
      expect(one.unit).toBe(clean.unit);
      expect(one.data).toEqual(other.data);
      expect(largest(one.data)).toBeGreaterThan(0);
    }
    model.dispose();
  });

  it('refuses methods that are not there, give nothing, or are itself, and their wrong options', async () => {
    const model = await tinyModel();
    const before = tf.memory().numTensors;
    const run = (given: Parameters<typeof smoothGrad>[0]) =>
      attributionOfArray(smoothGrad(given), model, SHAPE, values, { visualizers: [silent] });
    await expect(run({ method: 'gradeint' })).rejects.toThrow(/Did you mean "gradient"/);
    await expect(run({ method: 'silent' })).rejects.toThrow(/gives no attribution/);
    await expect(run({ method: 'smooth-grad' })).rejects.toThrow(/run itself/);
    await expect(run({ methodOptions: { signl: 'one' } })).rejects.toThrow(/"signl" is not known. Did you mean "signal"/);
    await expect(run({ method: 'grad-cam', at: [0, 0] })).rejects.toThrow(/"at" is not known/);
    await expect(run({ layer: 'conv9' })).rejects.toThrow(/conv/);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('what SmoothGrad is told', () => {
  it('is checked in its own name, before any picture is read', async () => {
    const model = await tinyModel();
    let read = 0;
    const untouched = { ...arrayInput('array', SHAPE, values), tensor: async () => Promise.reject(new Error(`read ${++read}`)) };
    const message = async (given: Parameters<typeof smoothGrad>[0]): Promise<string> => {
      const error = await eventsOf(smoothGrad(given), model, SHAPE, values, { inputs: [untouched], visualizers: [ownValue] }).catch(
        (thrown: unknown) => thrown,
      );
      return isFeaturescopeError(error) ? error.message : `not refused: ${String(error)}`;
    };
    expect(await message({ class: 1, layer: 'conv2' })).toMatch(/^smooth-grad: a class cannot be combined with a layer/);
    expect(await message({ unit: 3 })).toMatch(/^smooth-grad: a unit needs a layer/);
    expect(await message({ layer: 'conv2', of: 'probabilities' })).toMatch(/^smooth-grad: "of: probabilities" cannot be combined/);
    expect(await message({ class: 9 })).toMatch(/0 to 3/);
    expect(await message({ layer: 'conv9' })).toMatch(/no layer "conv9"/);
    expect(await message({ method: 'grad-cam', layer: 'conv9' })).toMatch(/no layer "conv9"/);
    expect(await message({ layer: 'conv2', at: [1, 1], methodOptions: { wholeMap: true } })).toMatch(/^smooth-grad: a whole map/);
    expect(await message({ class: 1, methodOptions: { class: 2 } })).toMatch(/^smooth-grad: --class cannot be combined with class in/);
    expect(await message({ method: 'own-value', of: 'probabilities' })).toMatch(/"of" is not known/);
    expect(read).toBe(0);
    model.dispose();
  });

  it.each([{ of: 'probabilities' } as const, { methodOptions: { of: 'probabilities' } }])('of a probability is heeded: %j', async (of) => {
    const model = await tinyModel();
    const plain = { noise: 0, samples: 1, class: 2 };
    const expected = await attributionOfArray(gradient({ class: 2, of: 'probabilities' }), model, SHAPE, values);
    const smooth = await attributionOfArray(smoothGrad({ ...plain, ...of }), model, SHAPE, values);
    expect(smooth.layer).toBe('prob');
    expect(smooth.data).toEqual(expected.data);
    expect(smooth.data).not.toEqual((await attributionOfArray(smoothGrad(plain), model, SHAPE, values)).data);
    model.dispose();
  });
});

describe('attributionOf', () => {
  it('runs any visualizer at hand on a picture, and stops it there', async () => {
    const model = await tinyModel();
    const picture = tf.tensor4d(values.slice(), [1, ...SHAPE]);
    const before = tf.memory().numTensors;
    const context = testContext({ model, visualizers: plugin.visualizers ?? [] });
    const asker = { visualizer: 'test' };
    const made = await attributionOf(context, 'integrated-gradients', { class: 1, steps: 4 }, model, picture, asker);
    const expected = await attributionOfArray(integratedGradients({ class: 1, steps: 4 }), model, SHAPE, values);
    expect(made).toEqual({ values: expected.data, shape: [...SHAPE], layer: 'fc3', unit: 1, description: expected.description });
    await expect(attributionOf({ ...context, visualizers: [] }, 'gradient', {}, model, picture, asker)).rejects.toThrow(
      /test: there is no visualizer "gradient"/,
    );
    await expect(attributionOf(context, 'backward', { class: 9 }, model, picture, asker)).rejects.toThrow(/0 to 3/);
    const aborted = AbortSignal.abort(new Error('stopped'));
    await expect(attributionOf({ ...context, signal: aborted }, backward.visualizer.name, {}, model, picture, asker)).rejects.toThrow(
      'stopped',
    );
    expect(tf.memory().numTensors).toBe(before);
    picture.dispose();
    model.dispose();
  });
});
