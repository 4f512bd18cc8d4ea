import '@tensorflow/tfjs';
import { createRandom, defineVisualizer, type Model, type VisualizerEvent } from '@featurescope/core';
import { testVisualizer, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { gradCam } from '../../src/attribution/grad-cam.js';
import { gradientTimesInput } from '../../src/attribution/gradient-times-input.js';
import { gradient } from '../../src/backward/gradient.js';
import { areaUnder, changedAfter, picturesOn } from '../../src/trust/deletion-insertion/curve.js';
import { deletionInsertionOf } from '../../src/trust/deletion-insertion/deletion-insertion.js';
import { blockwise, descending, randomOrder } from '../../src/trust/deletion-insertion/order.js';
import { dense, modelOf, networkOf } from '../support/networks.js';
import { eventsOf, metricOf, tensorsOf, wave } from '../support/run.js';
import { columnOf, numbersOf, ownValue, tablesOf } from './support.js';

const deletionInsertion = deletionInsertionOf([gradient, gradientTimesInput, gradCam]);

testVisualizer(deletionInsertion, { describe, it, options: { class: 'mountain', steps: 6, randomOrders: 1, batchSize: 4 } });

/** Dense layers on four pixels, without biases: f_k = Σ_i W_ik x_i. */
const linear = (weights: readonly number[], units = 1): Promise<Model> =>
  modelOf(
    networkOf(
      1,
      [dense('scores', units, { bias: false, inputOrder: 'hwc' })],
      new Map([['scores/kernel', { shape: [4, units], data: Float32Array.from(weights) }]]),
    ),
    [2, 2, 1],
  );

const PIXELS = Float32Array.of(1, -1, 2, 0.5);
const product = { method: 'gradient-times-input', score: 'logit', steps: 4, randomOrders: 0, baseline: 0 } as const;

type Given = Parameters<typeof deletionInsertion>[0];

describe('curves of a linear model', () => {
  it('fall and rise by what each pixel adds, the largest first', async () => {
    // Pixels add 1, −2, 6 and 2.
    const model = await linear([1, 2, 3, 4]);
    const events = await eventsOf(deletionInsertion(product), model, [2, 2, 1], PIXELS);
    const [table] = tablesOf(events, 'deletion-insertion');
    expect(table?.columns).toEqual(['fraction', 'deletion', 'insertion']);
    expect(table?.rows).toEqual([
      [0, 7, 0],
      [0.25, 1, 6],
      [0.5, -1, 8],
      [0.75, -2, 9],
      [1, 0, 7],
    ]);
    expect(metricOf(events, 'deletion-auc')).toBe((3.5 + 1 - 1 - 2) / 4);
    expect(metricOf(events, 'insertion-auc')).toBe((6 + 8 + 9 + 3.5) / 4);
    expect([...(tensorsOf(events, 'order')[0]?.data ?? [])]).toEqual([1, -2, 6, 2]);
    model.dispose();
  });

  it('go by magnitude if asked for, of equals the first pixel first', async () => {
    const model = await linear([1, 2, 3, 4]);
    const events = await eventsOf(deletionInsertion({ ...product, order: 'magnitude' }), model, [2, 2, 1], PIXELS);
    expect(numbersOf(events, 'deletion-insertion', 'deletion')).toEqual([7, 1, 3, 1, 0]);
    expect(numbersOf(events, 'deletion-insertion', 'insertion')).toEqual([0, 6, 4, 6, 7]);
    model.dispose();
  });

  it('end at the baseline: a number, the mean, the blurred picture, or what was published', async () => {
    const model = await linear([1, 2, 3, 4]);
    const ends = async (given: Given) => {
      const { baseline: _, ...rest } = product;
      const events = await eventsOf(deletionInsertion({ ...rest, ...given }), model, [2, 2, 1], PIXELS);
      return [numbersOf(events, 'deletion-insertion', 'deletion').at(-1), numbersOf(events, 'deletion-insertion', 'insertion')[0]];
    };
    // The mean of the pixels is 0.625, and all weights add up to 10.
    expect(await ends({ baseline: -2 })).toEqual([-20, -20]);
    expect(await ends({ baseline: 'mean' })).toEqual([6.25, 6.25]);
    const [removed, begun] = await ends({});
    expect(removed).toBe(6.25);
    expect(await ends({ baseline: 'blur' })).toEqual([begun, begun]);
    // A very wide blur is the mean, a very narrow one the picture.
    expect((await ends({ baseline: 'blur', blurSigma: 400 }))[1]).toBeCloseTo(6.25, 4);
    expect((await ends({ baseline: 'blur', blurSigma: 0.01 }))[1]).toBe(7);
    expect(begun).not.toBeCloseTo(6.25, 1);
    model.dispose();
  });

  it('take squares of pixels together, in the order of their means', async () => {
    // Three rows of five pixels in squares of two: means, and sizes, of the six blocks from the top left.
    const map = Float32Array.of(1, 0, 9, 9, 3, 0, 1, 0, 0, 4, 7, 9, 2, 2, 6);
    const means = blockwise(map, [3, 5], 2);
    expect([...means]).toEqual([0.5, 0.5, 4.5, 4.5, 3.5, 0.5, 0.5, 4.5, 4.5, 3.5, 8, 8, 2, 2, 6]);
    expect([...descending(means)]).toEqual([10, 11, 14, 2, 3, 7, 8, 4, 9, 12, 13, 0, 1, 5, 6]);
    const order = [...randomOrder([3, 5], 2, createRandom(5))];
    expect(order.toSorted((a, b) => a - b)).toEqual([...map.keys()]);
    expect(order.indexOf(8) - order.indexOf(2)).toBe(3);
    // One square is the whole picture: all its pixels go in row-major order.
    const model = await linear([1, 2, 3, 4]);
    const events = await eventsOf(deletionInsertion({ ...product, blockSize: 2, steps: 4 }), model, [2, 2, 1], PIXELS);
    expect(numbersOf(events, 'deletion-insertion', 'deletion')).toEqual([7, 6, 8, 2, 0]);
    model.dispose();
  });

  it('take more steps than pixels as one for each', async () => {
    const model = await linear([1, 2, 3, 4]);
    const events = await eventsOf(deletionInsertion({ ...product, steps: 50 }), model, [2, 2, 1], PIXELS);
    expect(numbersOf(events, 'deletion-insertion', 'fraction')).toEqual([0, 0.25, 0.5, 0.75, 1]);
    model.dispose();
  });

  it('are of the probability: softmax where the network ends with logits', async () => {
    const model = await linear([1, 0, 2, 0, 3, 0, 4, 0], 2);
    const events = await eventsOf(deletionInsertion({ ...product, score: 'probability', class: 0 }), model, [2, 2, 1], PIXELS);
    const found = numbersOf(events, 'deletion-insertion', 'deletion');
    for (const [k, logit] of [7, 1, -1, -2, 0].entries()) expect(found[k]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
    model.dispose();
  });
});

const SHAPE = [12, 10, 3] as const;
const values = wave(SHAPE);

describe('curves of a network', () => {
  it('begin and end with the scores of the pictures, in every order', async () => {
    const model = await tinyModel();
    const picture = tf.tensor4d(values.slice(), [1, ...SHAPE]);
    const probabilities = await model.activations(picture, ['prob', 'fc3', 'conv2']);
    const at = async (layer: string, index: number) => (await probabilities.get(layer)?.data())?.[index] ?? Number.NaN;
    const of = async (given: Given) => eventsOf(deletionInsertion({ steps: 5, ...given }), model, SHAPE, values);
    const expected = [
      [{ class: 2 }, await at('prob', 2)],
      [{ class: 2, of: 'probabilities' }, await at('prob', 2)],
      [{ class: 2, score: 'logit' }, await at('fc3', 2)],
      [{ layer: 'conv2', unit: 3, at: [2, 1] }, await at('conv2', (2 * 5 + 1) * 8 + 3)],
      [{ class: 1, method: 'grad-cam', layer: 'relu1' }, await at('prob', 1)],
    ] as const;
    for (const [given, value] of expected) {
      const events = await of(given as Given);
      for (const table of ['deletion-insertion', 'deletion-insertion-random']) {
        expect(numbersOf(events, table, 'deletion')[0]).toBeCloseTo(value, 5);
        expect(numbersOf(events, table, 'insertion').at(-1)).toBeCloseTo(value, 5);
      }
      const last = (table: string) => numbersOf(events, table, 'deletion').at(-1);
      expect(last('deletion-insertion-random')).toBeCloseTo(last('deletion-insertion') ?? Number.NaN, 5);
    }
    tf.dispose([picture, ...probabilities.values()]);
    model.dispose();
  });

  it('do not depend on the size of batches', async () => {
    const model = await tinyModel();
    const rows = async (batchSize: number) =>
      tablesOf(await eventsOf(deletionInsertion({ steps: 9, batchSize }), model, SHAPE, values), 'deletion-insertion')[0]?.rows;
    expect(await rows(1)).toEqual(await rows(7));
    model.dispose();
  });

  it('work for a map without a target, and follow the class given', async () => {
    const model = await tinyModel();
    const of = async (given: Given) =>
      eventsOf(deletionInsertion({ method: 'own-value', steps: 4, ...given }), model, SHAPE, values, { visualizers: [ownValue] });
    const [strongest, first] = [await of({}), await of({ class: 3 })];
    expect(columnOf(first, 'areas', 'target')).toEqual(['class 3 (water)']);
    const scores = [
      numbersOf(strongest, 'deletion-insertion', 'deletion')[0] ?? 0,
      numbersOf(first, 'deletion-insertion', 'deletion')[0] ?? 1,
    ];
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 0);
    await expect(of({ class: 'montain' })).rejects.toThrow(/mountain/);
    model.dispose();
  });

  it('refuse a map of another size', async () => {
    const model = await tinyModel();
    const coarse = defineVisualizer({
      name: 'coarse',
      summary: 'a map of 2×2',
      options: z.strictObject({}),
      async *run(): AsyncGenerator<VisualizerEvent> {
        yield { type: 'artifact', artifact: { kind: 'tensor', name: 'attribution', shape: [2, 2], data: new Float32Array(4) } };
      },
    });
    const before = tf.memory().numTensors;
    await expect(eventsOf(deletionInsertion({ method: 'coarse' }), model, SHAPE, values, { visualizers: [coarse] })).rejects.toThrow(
      /"coarse" has shape \[2, 2\], but the input has \[12, 10, 3\]/,
    );
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('the way between two pictures', () => {
  it('changes every pixel once, all its channels together, and leaves both pictures alone', () => {
    const order = fc.integer({ min: 1, max: 12 }).chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n }));
    fc.assert(
      fc.property(order, fc.integer({ min: 1, max: 15 }), (given, steps) => {
        const n = given.length;
        const [from, to] = [new Float32Array(2 * n), new Float32Array(2 * n).fill(1)];
        const changed = changedAfter(n, steps);
        const pictures = [...picturesOn({ from, to, shape: [1, n, 2], order: Uint32Array.from(given) }, changed)];
        expect([changed[0], changed.at(-1), pictures.length]).toEqual([0, n, steps + 1]);
        for (const [k, picture] of pictures.entries()) {
          const first = new Set(given.slice(0, changed[k]));
          expect([...picture]).toEqual(Array.from({ length: 2 * n }, (_, i) => Number(first.has(Math.floor(i / 2)))));
        }
        expect(from.every((value) => value === 0)).toBe(true);
      }),
    );
  });

  it('goes from large to small', () => {
    expect([...descending(Float32Array.of(0, 5, -1, 5, 2))]).toEqual([1, 3, 4, 0, 2]);
  });

  it('has under a straight line the area of a trapezium', () => {
    expect(areaUnder([1, 0.5, 0])).toBe(0.5);
    expect(areaUnder([2, 2, 2, 2])).toBe(2);
  });
});
