import '@tensorflow/tfjs';
import { createRandom, defineVisualizer, type Network, type VisualizerEvent, type Weights } from '@featurescope/core';
import { testVisualizer, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { gradCam } from '../../src/attribution/grad-cam.js';
import { smoothGradOf } from '../../src/attribution/smooth-grad.js';
import { gradient } from '../../src/backward/gradient.js';
import { redrawing } from '../../src/trust/sanity/randomise.js';
import { sanityOf } from '../../src/trust/sanity/sanity.js';
import { conv, dense, modelOf, networkOf } from '../support/networks.js';
import { attributionOfArray, eventsOf, largestDifference, tensorsOf, wave } from '../support/run.js';
import { columnOf, numbersOf, ownValue, tablesOf } from './support.js';

const sanity = sanityOf([gradient, gradCam, smoothGradOf([gradient])]);

testVisualizer(sanity, { describe, it, options: { class: 'mountain' } });
testVisualizer(sanity, {
  describe,
  it,
  options: { layer: 'relu2', mode: 'independent', method: 'smooth-grad', methodOptions: { samples: 2 } },
});

const SHAPE = [12, 10, 3] as const;
const values = wave(SHAPE);
const LAYERS = ['fc3', 'conv2', 'conv1'];

describe('weight randomisation', () => {
  it('leaves an attribution as it is that does not depend on weights', async () => {
    const model = await tinyModel();
    const events = await eventsOf(sanity({ method: 'own-value' }), model, SHAPE, values, { visualizers: [ownValue] });
    const [table] = tablesOf(events, 'sanity');
    expect(table?.columns).toEqual(['layer', 'correlation']);
    expect(table?.rows).toEqual(LAYERS.map((layer) => [layer, 1]));
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1);
    expect(tablesOf(events, 'random-logit')).toEqual([]);
    model.dispose();
  });

  it.each(['normal', 'shuffle', 'he'] as const)('changes that of a gradient: %s', async (draw) => {
    const model = await tinyModel();
    const { sha256 } = model;
    const events = await eventsOf(sanity({ draw }), model, SHAPE, values);
    expect(columnOf(events, 'sanity', 'layer')).toEqual(LAYERS);
    const found = numbersOf(events, 'sanity', 'correlation');
    expect(Math.max(...found)).toBeLessThan(0.99);
    expect(found.at(-1)).toBeLessThan(0.6);
    const after = await attributionOfArray(gradient({}), model, SHAPE, values);
    expect(tensorsOf(events, 'sanity')[0]?.data.slice(0, after.data.length)).toEqual(after.data);
    expect(model.sha256).toBe(sha256);
    model.dispose();
  });

  it('goes down layer after layer, or takes each by itself', async () => {
    // f = Σ_p Σ_c W_pc k_c x_p is linear, so its gradient is Σ_c W_pc k_c.
    const weights: Weights = new Map([
      ['conv/kernel', { shape: [1, 1, 1, 2], data: Float32Array.of(0.5, -2) }],
      ['scores/kernel', { shape: [12, 1], data: Float32Array.from({ length: 12 }, (_, i) => Math.sin(i + 1)) }],
    ]);
    const rows = [conv('conv', [1, 1], 2, 0, { bias: false }), dense('scores', 1, { bias: false, inputOrder: 'hwc' })];
    const network: Network = networkOf(1, rows, weights);
    const model = await modelOf(network, [2, 3, 1]);
    const redraw = redrawing(network, [2, 3, 1], 'normal', createRandom(1).fork('weights'));
    const gradientOf = (given: Weights): Float32Array => {
      const all = new Map([...weights, ...given]);
      const [k = new Float32Array(), w = new Float32Array()] = [all.get('conv/kernel')?.data, all.get('scores/kernel')?.data];
      return Float32Array.from({ length: 6 }, (_, p) => (w[2 * p] ?? 0) * (k[0] ?? 0) + (w[2 * p + 1] ?? 0) * (k[1] ?? 0));
    };
    const [first, second] = [redraw('scores'), redraw('conv')];
    for (const [mode, last] of [
      ['cascading', new Map([...first, ...second])],
      ['independent', second],
    ] as const) {
      const events = await eventsOf(sanity({ mode }), model, [2, 3, 1], wave([2, 3, 1]));
      const expected = [new Map(), first, last].flatMap((given) => [...gradientOf(given)]);
      const [stack] = tensorsOf(events, 'sanity');
      expect(stack?.shape).toEqual([3, 2, 3, 1]);
      expect(largestDifference(stack?.data ?? [], expected)).toBeLessThan(1e-5);
      // There is no other class.
      expect(tablesOf(events, 'random-logit')).toEqual([]);
    }
    model.dispose();
  });

  it('lets a method that draws random numbers draw the same ones', async () => {
    const model = await tinyModel();
    const chance = defineVisualizer({
      name: 'chance',
      summary: 'random numbers',
      options: z.strictObject({}),
      async *run({ random }): AsyncGenerator<VisualizerEvent> {
        const data = random.fillNormal(new Float32Array(120), 0, 1);
        yield { type: 'artifact', artifact: { kind: 'tensor', name: 'attribution', shape: [12, 10], data } };
      },
    });
    const events = await eventsOf(sanity({ method: 'chance' }), model, SHAPE, values, { visualizers: [chance] });
    expect(numbersOf(events, 'sanity', 'correlation')).toEqual([1, 1, 1]);
    expect(new Set(tensorsOf(events, 'sanity')[0]?.data).size).toBe(120);
    model.dispose();
  });
});

describe('random logits', () => {
  it('are attributions of other classes', async () => {
    const model = await tinyModel();
    for (const [method, visualizer] of [
      ['gradient', gradient],
      ['grad-cam', gradCam],
    ] as const) {
      const events = await eventsOf(sanity({ method, class: 1, randomLogits: 9 }), model, SHAPE, values);
      const units = numbersOf(events, 'random-logit', 'unit');
      expect(units.toSorted()).toEqual([0, 2, 3]);
      expect(columnOf(events, 'random-logit', 'label')).toEqual(units.map((unit) => model.labels?.[unit]));
      const [stack] = tensorsOf(events, 'random-logit');
      const length = (stack?.data.length ?? 0) / 4;
      for (const [i, unit] of [1, ...units].entries()) {
        const expected = await attributionOfArray(visualizer({ class: unit }), model, SHAPE, values);
        expect(stack?.data.slice(i * length, (i + 1) * length)).toEqual(expected.data);
      }
    }
    model.dispose();
  });

  it('are other channels where the target is a unit', async () => {
    const model = await tinyModel();
    const events = await eventsOf(sanity({ layer: 'conv2', unit: 5, at: [1, 2], randomLogits: 2 }), model, SHAPE, values);
    const [unit = 0] = numbersOf(events, 'random-logit', 'unit');
    const [stack] = tensorsOf(events, 'random-logit');
    const expected = await attributionOfArray(gradient({ layer: 'conv2', unit, at: [1, 2] }), model, SHAPE, values);
    expect(stack?.data.slice(expected.data.length, 2 * expected.data.length)).toEqual(expected.data);
    expect(columnOf(events, 'sanity', 'layer')).toEqual(['conv2', 'conv1']);
    model.dispose();
  });
});

describe('sanity', () => {
  it('refuses what is not there, and itself', async () => {
    const model = await tinyModel();
    const before = tf.memory().numTensors;
    const run = (given: Parameters<typeof sanity>[0]) => eventsOf(sanity(given), model, SHAPE, values);
    await expect(run({ method: 'gradeint' })).rejects.toThrow(/Did you mean "gradient"/);
    await expect(run({ method: 'sanity' })).rejects.toThrow(/run itself/);
    await expect(run({ method: 'grad-cam', layer: 'conv1', unit: 1 })).rejects.toThrow(/"unit" is not known/);
    await expect(run({ methodOptions: { signl: 'one' } })).rejects.toThrow(/Did you mean "signal"/);
    await expect(run({ class: 'montain' })).rejects.toThrow(/mountain/);
    await expect(run({ unit: 3 })).rejects.toThrow(/^sanity: /);
    await expect(run({ class: 1, methodOptions: { class: 2 } })).rejects.toThrow(/^sanity: --class cannot be combined with class in/);
    const own = eventsOf(sanity({ method: 'own-value', class: 1 }), model, SHAPE, values, { visualizers: [ownValue] });
    await expect(own).rejects.toThrow(/"class" is not known/);
    await expect(run({ layer: 'input' })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
