import '@tensorflow/tfjs';
import {
  createModel,
  DECONVNET,
  GRADIENT,
  GUIDED,
  inferShapes,
  type Model,
  neuron,
  type RunContext,
  receptiveFields,
  type VisualizerEvent,
} from '@featurescope/core';
import { bareModel, eventProblems, referenceExecutor, testContext, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arraySet, type MemoryArray, pictureSet, randomArrays, somePictures } from './support/data.js';
import { artifactsOf, eventsOf, type Row, tableOf, tensorOf } from './support/run.js';

let model: Model;
beforeAll(async () => {
  model = await tinyModel();
});
afterAll(() => model.dispose());

const context = (change: Partial<RunContext>): RunContext => ({ ...testContext({ model, inputs: [] }), ...change });

/** Value of the unit of a row on changed values of its picture. */
async function activationOf({ layer, unit, y, x }: Row, { shape, values }: MemoryArray): Promise<number> {
  const input = tf.tensor4d(values.slice(), [1, ...shape]);
  const found = await model.activations(input, [layer]);
  const map = (await found.get(layer)?.array())?.[0];
  tf.dispose([input, ...found.values()]);
  return map?.[y]?.[x]?.[unit] ?? Number.NaN;
}

const POLICIES = { deconvnet: DECONVNET, 'guided-backprop': GUIDED, gradient: GRADIENT };

/** Projection of the unit of a row with its value as the signal, over the whole picture. */
async function projected(row: Row, { shape, values }: MemoryArray, policy: keyof typeof POLICIES): Promise<Float32Array> {
  const input = tf.tensor4d(values.slice(), [1, ...shape]);
  const objective = neuron(row.layer, row.y, row.x, row.unit).times(row.value);
  const { gradient, activations } = await model.gradient(input, objective, { policy: POLICIES[policy] });
  const result = Float32Array.from(await gradient.data());
  tf.dispose([input, gradient, ...activations.values()]);
  return result;
}

describe('the box of a row', () => {
  const arrays = [...randomArrays(6, [13, 18, 3]), ...randomArrays(6, [17, 11, 3])];

  it.each(['conv1', 'pool1', 'conv2'])('of %s lies in the picture and holds all that the unit sees', async (layer) => {
    const rows = tableOf(await eventsOf(context({ dataset: arraySet(arrays) }), { layers: [layer], projections: false, top: 12 }));
    let clipped = 0;
    for (const row of rows.filter((_, i) => i % 5 === 0)) {
      const array = arrays[Number(row.input)];
      if (!array) throw new Error('no array');
      const [height, width, channels] = array.shape;
      const { top, left, bottom, right } = row;
      expect(top >= 0 && left >= 0 && bottom <= height && right <= width && top < bottom && left < right).toBe(true);
      const inside = (i: number): boolean => {
        const [y, x] = [Math.floor(i / channels / width), Math.floor(i / channels) % width];
        return y >= top && y < bottom && x >= left && x < right;
      };
      const without = array.values.map((value, i) => (inside(i) ? value : value + 7));
      expect(await activationOf(row, { ...array, values: without })).toBe(row.value);
      const field = receptiveFields(model.network, inferShapes(model.network, array.shape, [layer])).get(layer);
      if (bottom - top < (field?.size[0] ?? 0) || right - left < (field?.size[1] ?? 0)) clipped++;
    }
    expect(clipped).toBeGreaterThan(0);
  });

  it('is no larger than it must be: what reaches the unit is found on all sides of it', async () => {
    const rows = tableOf(
      await eventsOf(context({ dataset: arraySet(arrays) }), { layers: ['conv2'], projections: false, policy: 'gradient' }),
    );
    const seen = rows.map(async (row) => {
      const array = arrays[Number(row.input)] ?? { shape: [1, 1, 1] as const, values: new Float32Array(1) };
      const gradient = await projected(row, array, 'gradient');
      const [, width, channels] = array.shape;
      const places = [...gradient].flatMap((value, i) =>
        value === 0 ? [] : [[Math.floor(i / channels / width), Math.floor(i / channels) % width] as const],
      );
      const [ys, xs] = [places.map(([y]) => y), places.map(([, x]) => x)];
      return [
        [Math.min(...ys) - row.top, Math.min(...xs) - row.left],
        [row.bottom - 1 - Math.max(...ys), row.right - 1 - Math.max(...xs)],
      ].flat();
    });
    const gaps = await Promise.all(seen);
    for (const side of [0, 1, 2, 3]) {
      const found = gaps.map((gap) => gap[side] ?? Number.NaN);
      expect(Math.min(...found)).toBe(0);
    }
  });
});

describe('the projections of a unit', () => {
  const arrays = randomArrays(11, [20, 26, 3]);
  const given = (policy: keyof typeof POLICIES) => ({ layers: ['conv2'], units: [1, 4], top: 4, policy, batchSize: 3 });

  it.each(['deconvnet', 'guided-backprop', 'gradient'] as const)(
    'are the signal of the activation under %s, in the box',
    async (policy) => {
      const events = await eventsOf(context({ dataset: arraySet(arrays) }), given(policy));
      for (const unit of [1, 4]) {
        const { shape, data } = tensorOf(events, 'conv2', unit);
        expect(shape).toEqual([4, 8, 8, 3]);
        for (const [i, row] of tableOf(events)
          .filter((one) => one.unit === unit)
          .entries()) {
          const array = arrays[Number(row.input)] ?? { shape: [1, 1, 1] as const, values: new Float32Array(1) };
          const whole = await projected(row, array, policy);
          // The box before it is clipped: pool 2×2 between 3×3 convolutions that pad by one, jump 2.
          const [top, left] = [2 * row.y - 3, 2 * row.x - 3];
          let largest = 0;
          for (let y = 0; y < 8; y++)
            for (let x = 0; x < 8; x++)
              for (let c = 0; c < 3; c++) {
                const outside = top + y < 0 || left + x < 0 || top + y >= 20 || left + x >= 26;
                const expected = outside ? 0 : (whole[((top + y) * 26 + left + x) * 3 + c] ?? Number.NaN);
                expect(data[((i * 8 + y) * 8 + x) * 3 + c]).toBeCloseTo(expected, 5);
                largest = Math.max(largest, Math.abs(expected));
              }
          expect(largest).toBeGreaterThan(0);
        }
      }
    },
  );

  it('stand in a grid beside the patches they are of', async () => {
    const events = await eventsOf(context({ dataset: pictureSet(somePictures(12)) }), { layers: ['relu1'], units: [0, 3], top: 9 });
    const images = artifactsOf(events).flatMap((artifact) => (artifact.kind === 'image' ? [artifact] : []));
    expect(images.map(({ name, unit }) => `${name} ${unit ?? ''}`.trim())).toEqual([
      'unit 0',
      'projection 0',
      'patch 0',
      'unit 3',
      'projection 3',
      'patch 3',
      'sheet',
    ]);
    const [unit, projection, patch] = images.map(({ image }) => image);
    // Nine fields of 3×3 pixels, each enlarged 21 times, with two pixels between them.
    expect([projection?.width, projection?.height, patch?.width, patch?.height]).toEqual([197, 197, 197, 197]);
    expect(unit?.width).toBe(2 * 197 + 6);
    const { shape } = tensorOf(events, 'relu1', 3);
    expect(shape).toEqual([9, 3, 3, 3]);
  });

  it('are the whole picture wide where the unit sees more than the picture', async () => {
    const events = await eventsOf(context({ dataset: arraySet(randomArrays(3, [7, 16, 3])) }), { layers: ['conv2'], units: [0], top: 2 });
    expect(tensorOf(events, 'conv2', 0).shape).toEqual([2, 7, 8, 3]);
    for (const { top, bottom } of tableOf(events)) expect(top >= 0 && bottom <= 7).toBe(true);
  });

  it.each([1, 6])('work for %i channels', async (channels) => {
    const bare = await bareModel(channels);
    const dataset = arraySet(randomArrays(5, [9, 7, channels]));
    const events = await eventsOf({ ...testContext({ model: bare, inputs: [] }), dataset }, { layers: ['conv'], top: 3 });
    expect(eventProblems(events)).toEqual([]);
    expect(tensorOf(events, 'conv', 2).shape).toEqual([3, 3, 3, channels]);
    bare.dispose();
  });
});

describe('units that never fire', () => {
  /** The tiny network with unit 2 of conv1 below 0 whatever it sees. */
  async function withDeadUnit(): Promise<Model> {
    const network = tinyNetwork();
    const weights = new Map(network.weights);
    for (const [name, value] of [
      ['conv1/kernel', 0],
      ['conv1/bias', -1],
    ] as const) {
      const weight = weights.get(name);
      if (weight) weights.set(name, { ...weight, data: weight.data.map((old, i) => (i % 6 === 2 ? value : old)) });
    }
    return createModel({ name: 'dead', network: { ...network, weights }, input: model.input, executor: referenceExecutor });
  }

  it('have rows of value 0, neutral pictures, and no place on the sheet', async () => {
    const dead = await withDeadUnit();
    const dataset = arraySet(randomArrays(12, [12, 10, 3]));
    const events = await eventsOf({ ...testContext({ model: dead, inputs: [] }), dataset }, { layers: ['relu1'], top: 3 });
    expect(eventProblems(events)).toEqual([]);
    const rows = tableOf(events).filter(({ unit }) => unit === 2);
    expect(rows.map(({ input, y, x, value }) => [input, y, x, value])).toEqual(['0', '1', '2'].map((input) => [input, 0, 0, 0]));
    expect(tensorOf(events, 'relu1', 2).data.every((value) => value === 0)).toBe(true);
    const of = (name: string) => artifactsOf(events).find((artifact) => artifact.name === name && artifact.unit === 2);
    expect(of('patch')?.description).toBe('never above 0 on these pictures');
    const sheet = artifactsOf(events).find(({ name }) => name === 'sheet');
    expect(sheet?.description).toMatch(/^5 of 6 units/);
    dead.dispose();
  });
});

describe('pictures that have changed since they were looked through', () => {
  const arrays = randomArrays(6, [12, 10, 3]);
  const warnings = (events: readonly VisualizerEvent[]) => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

  /** A data set that is another one once every item has been read. */
  const changing = (later: readonly MemoryArray[]) => {
    let reads = 0;
    const [first, second] = [arraySet(arrays), arraySet(later)];
    return { ...first, item: (i: number) => (reads++ < arrays.length ? first : second).item(i) };
  };

  it('are warned of', async () => {
    const later = arrays.map(({ shape, values }, i) => ({ shape, values: i === 2 ? values.map((value) => value * 1.01) : values }));
    const given = { layers: ['conv2'], top: 6 };
    expect(warnings(await eventsOf(context({ dataset: arraySet(arrays) }), given))).toEqual([]);
    const [message, ...others] = warnings(await eventsOf(context({ dataset: changing(later) }), given));
    expect(message).toMatch(/^\d+ of 48 strongest activations of conv2 are not what was recorded, .*unit \d on "2" is .* and was/);
    expect(others).toEqual([]);
  });

  it('are refused when their size has changed', async () => {
    const later = randomArrays(6, [10, 12, 3]);
    await expect(eventsOf(context({ dataset: changing(later) }), { layers: ['conv2'] })).rejects.toMatchObject({
      code: 'top-activations/data-changed',
    });
  });
});
