import '@tensorflow/tfjs';
import type { Model, RunContext, VisualizerEvent } from '@featurescope/core';
import { arrayInput, eventProblems, memoryCodec, testContext, testVisualizer, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topActivations } from '../../src/top-activations/top-activations.js';
import { stimuliOf } from '../../src/top-activations/tracking/stimuli.js';
import { bruteForce } from './support/brute-force.js';
import { arraySet, type MemoryArray, pictureSet, randomArrays, somePictures } from './support/data.js';
import { artifactsOf, COLUMNS, eventsOf, type Given, tableOf } from './support/run.js';

testVisualizer(topActivations, { describe, it, options: { layers: ['relu1', 'conv2'], units: [0, 2], top: 2 } });
testVisualizer(topActivations, { describe, it, options: { layers: ['pool1'], projections: false, batchSize: 1 } });

const LAYERS = ['conv1', 'relu1', 'pool1', 'conv2', 'gap', 'fc3'];

let model: Model;
beforeAll(async () => {
  model = await tinyModel();
});
afterAll(() => model.dispose());

const context = (change: Partial<RunContext>): RunContext => ({ ...testContext({ model, inputs: [] }), ...change });

const onlyTable = (change: Partial<RunContext>, given: Given) => eventsOf(context(change), { projections: false, ...given });

/** Compares the table with what sorting everything gives. */
async function agrees(
  events: readonly VisualizerEvent[],
  layers: readonly string[],
  inputs: readonly MemoryArray[],
  top: number,
): Promise<void> {
  const rows = tableOf(events);
  let read = 0;
  for (const layer of layers) {
    for (const [unit, list] of (await bruteForce(model, layer, inputs, top)).entries())
      for (const [i, { item, value, at }] of list.entries()) {
        const row = rows[read++];
        expect(row).toMatchObject({ layer, unit, rank: i + 1, y: at[0], x: at[1], value });
        expect(Number(row?.input.replace('picture-', ''))).toBe(item);
      }
  }
  expect(rows).toHaveLength(read);
}

describe('top-activations', () => {
  it.each([undefined, 1, 4, 64])('agrees with sorting all activations, batch size %s', async (batchSize) => {
    const arrays = randomArrays(23, [12, 10, 3]);
    const events = await onlyTable({ dataset: arraySet(arrays) }, { layers: LAYERS, top: 5, ...(batchSize && { batchSize }) });
    await agrees(events, LAYERS, arrays, 5);
    expect(eventProblems(events)).toEqual([]);
  });

  it('takes arrays of several sizes, none of them square', async () => {
    const arrays = [...randomArrays(4, [9, 14, 3]), ...randomArrays(3, [15, 8, 3]), ...randomArrays(4, [9, 14, 3], 'more')];
    await agrees(
      await onlyTable({ dataset: arraySet(arrays) }, { layers: ['relu1', 'conv2'], batchSize: 3 }),
      ['relu1', 'conv2'],
      arrays,
      9,
    );
  });

  it('brings pictures of any size to that of the network', async () => {
    const images = somePictures(14);
    const stimuli = stimuliOf({ inputs: [], dataset: pictureSet(images), codec: memoryCodec }, model.input);
    const shown = await Promise.all(images.map((_, i) => stimuli.read(i)));
    expect(new Set(shown.map(({ shape }) => shape.join()))).toEqual(new Set(['12,10,3']));
    await agrees(await onlyTable({ dataset: pictureSet(images) }, { layers: ['conv2'] }), ['conv2'], shown, 9);
  });

  it('looks at inputs before the data set', async () => {
    const arrays = randomArrays(8, [12, 10, 3]);
    const inputs = arrays.slice(0, 3).map(({ shape, values }, i) => arrayInput(String(i), shape, values));
    const dataset = { ...arraySet(arrays), size: 5, item: (i: number) => arraySet(arrays).item(i + 3) };
    await agrees(await onlyTable({ inputs, dataset }, { layers: ['conv2'], top: 8 }), ['conv2'], arrays, 8);
  });

  it('has the columns of the contract, and one row for each rank', async () => {
    const events = await onlyTable({ dataset: arraySet(randomArrays(12, [12, 10, 3])) }, { layers: ['relu2', 8], units: [3, 1, 3] });
    const table = artifactsOf(events).find((artifact) => artifact.kind === 'table');
    expect(table?.kind === 'table' && table.columns).toEqual(COLUMNS);
    expect(table?.name).toBe('top');
    const heads = tableOf(events).map(({ layer, unit, rank }) => `${layer} ${unit} ${rank}`);
    const expected = ['relu2', 'prob'].flatMap((layer) =>
      [3, 1].flatMap((unit) => Array.from({ length: 9 }, (_, i) => `${layer} ${unit} ${i + 1}`)),
    );
    expect(heads).toEqual(expected);
  });

  it('gives equal activations to the earlier picture and the first position', async () => {
    const [one, two] = randomArrays(2, [12, 10, 3]);
    const flat = { shape: [12, 10, 3] as const, values: new Float32Array(360).fill(0.5) };
    const arrays = [one, two, one, flat, two, one, flat].flatMap((array) => array ?? []);
    const events = await onlyTable({ dataset: arraySet(arrays) }, { layers: LAYERS, batchSize: 3 });
    await agrees(events, LAYERS, arrays, 9);
    const first = tableOf(events).filter(({ layer, unit }) => layer === 'conv2' && unit === 0);
    const places = first.filter(({ value }) => value === first[0]?.value).map(({ input }) => input);
    expect([
      ['0', '2', '5'],
      ['1', '4'],
      ['3', '6'],
    ]).toContainEqual(places);
  });

  it('has as many rows as there are pictures when there are fewer than asked for', async () => {
    const arrays = randomArrays(4, [12, 10, 3]);
    const events = await eventsOf(context({ dataset: arraySet(arrays) }), { layers: ['relu1'], units: [0, 1], top: 9 });
    expect(tableOf(events).map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    expect(eventProblems(events)).toEqual([]);
    const tensors = artifactsOf(events).flatMap((artifact) => (artifact.kind === 'tensor' ? [artifact.shape[0]] : []));
    expect(tensors).toEqual([4, 4]);
  });

  it('holds few pictures and few tensors at a time, however many there are', async () => {
    const arrays = randomArrays(120, [12, 10, 3]);
    const dataset = arraySet(arrays);
    let reading = 0;
    let read = 0;
    const counting = {
      ...dataset,
      item: async (i: number) => {
        read++;
        return dataset.item(i);
      },
    };
    const before = tf.memory().numTensors;
    let most = 0;
    const { visualizer, options } = topActivations({ layers: ['relu1', 'relu2'], projections: false, batchSize: 4 });
    for await (const event of visualizer.run(context({ dataset: counting }), options as never)) {
      most = Math.max(most, tf.memory().numTensors - before);
      if (event.type === 'progress' && event.done < 120) reading = Math.max(reading, read - event.done);
    }
    expect(read).toBe(120);
    expect(reading).toBeLessThanOrEqual(4 * 5);
    expect(most).toBeLessThanOrEqual(8);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps the networks of a few sizes of pictures at a time', async () => {
    const sizes = Array.from({ length: 7 }, (_, i) => [8 + i, 9, 3] as const);
    const arrays = [...sizes, ...sizes.slice(3), ...sizes].flatMap((shape, i) => randomArrays(1, shape, i));
    let [alive, most, compiled] = [0, 0, 0];
    const compile: RunContext['compile'] = async (network) => {
      const found = await testContext({ model }).compile(network);
      compiled++;
      most = Math.max(most, ++alive);
      return { ...found, network, forward: (...given) => found.forward(...given), dispose: () => void alive-- };
    };
    const events = await onlyTable({ dataset: arraySet(arrays), compile }, { layers: ['relu1', 'conv2'], batchSize: 2 });
    await agrees(events, ['relu1', 'conv2'], arrays, 9);
    expect([alive, most]).toEqual([0, 4]);
    // The four last seen are there when they come again at once; the first three have to be made anew, and then the others.
    expect(compiled).toBe(7 + 7);
  });

  it('takes the numbers of an input as they are, where it has them', async () => {
    const arrays = randomArrays(3, [12, 10, 3]);
    const inputs = arrays.map(({ shape, values }, i) => ({
      ...arrayInput(String(i), shape, values),
      tensor: async () => Promise.reject(new Error('no tensor was needed')),
      values: async () => ({ shape: [1, ...shape] as [number, number, number, number], data: values }),
    }));
    await agrees(await onlyTable({ inputs }, { layers: ['conv2'] }), ['conv2'], arrays, 9);
  });

  it('passes on a failure of its passes, of reading and of compiling, and leaves nothing behind', async () => {
    const arrays = arraySet(randomArrays(12, [12, 10, 3]));
    const planned = new Error('planned');
    const fails = async (): Promise<never> => Promise.reject(planned);
    const disposed: number[] = [];
    const compiling =
      (failAt: number): RunContext['compile'] =>
      async (network) => {
        const compiled = await testContext({ model }).compile(network);
        let passes = 0;
        return {
          ...compiled,
          network,
          forward: (...given) => (passes++ === failAt ? fails() : compiled.forward(...given)),
          dispose: () => void disposed.push(failAt),
        };
      };
    const reading = (failAt: number) => ({ ...arrays, item: (i: number) => (i === failAt ? fails() : arrays.item(i)) });
    const before = tf.memory().numTensors;
    for (const change of [
      { compile: fails },
      { compile: compiling(0) },
      { compile: compiling(2) },
      { dataset: reading(0) },
      { dataset: reading(7) },
    ])
      await expect(onlyTable({ dataset: arrays, ...change }, { layers: ['relu1'], batchSize: 3 })).rejects.toBe(planned);
    expect(disposed).toEqual([0, 2]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
