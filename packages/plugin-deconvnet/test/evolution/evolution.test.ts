import '@tensorflow/tfjs';
import { DECONVNET, GUIDED, type Model, neuron, type RunContext } from '@featurescope/core';
import { bareModel, eventProblems, testContext, testVisualizer, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evolution } from '../../src/evolution/evolution.js';
import { bruteForce } from '../top-activations/support/brute-force.js';
import { arraySet, pictureSet, randomArrays, somePictures } from '../top-activations/support/data.js';
import { COLUMNS, resultsOf, tableOf, warningsOf } from './support/results.js';
import { checkpoint, eventsOf, trainingContext } from './support/training.js';

testVisualizer(evolution, { describe, it, options: { checkpoints: ['a', 'b'], layers: ['relu1', 'conv2'], units: [0, 2] } });

const NAMES = ['epoch-1', 'epoch-2', 'epoch-3', 'epoch-4'];
const LAYERS = ['conv1', 'relu2', 'gap', 'fc3'];

let model: Model;
beforeAll(async () => {
  model = await tinyModel();
});
afterAll(() => model.dispose());

const context = (change: Partial<RunContext>) => trainingContext(model, change).context;

describe('evolution', () => {
  it.each([undefined, 5])('agrees with sorting all activations at each checkpoint, batch size %s', async (batchSize) => {
    const arrays = randomArrays(17, [12, 10, 3]);
    const given = { checkpoints: NAMES, layers: LAYERS, ...(batchSize && { batchSize }) };
    const events = await eventsOf(context({ dataset: arraySet(arrays) }), given);
    const rows = tableOf(events);
    let read = 0;
    let jumps = 0;
    for (const layer of LAYERS) {
      const found = [];
      for (const name of NAMES) {
        const loaded = await checkpoint(name);
        found.push(await bruteForce(loaded, layer, arrays, 1));
        loaded.dispose();
      }
      for (let unit = 0; unit < (found[0]?.length ?? 0); unit++)
        for (const [k, name] of NAMES.entries()) {
          const [best, before] = [found[k]?.[unit]?.[0], found[k - 1]?.[unit]?.[0]];
          const changed = before !== undefined && before.item !== best?.item;
          const { value } = rows[read] ?? { value: Number.NaN };
          const expected = { layer, unit, checkpoint: name, input: String(best?.item), y: best?.at[0], x: best?.at[1], changed };
          expect(rows[read++]).toMatchObject(expected);
          expect(value).toBe(best?.value);
          if (changed) jumps++;
        }
    }
    expect(rows).toHaveLength(read);
    expect(jumps).toBeGreaterThan(5);
    expect(jumps).toBeLessThan(read - 5);
    expect(eventProblems(events)).toEqual([]);
    expect(warningsOf(events)).toEqual([]);
  });

  it('has the columns of the contract', async () => {
    const events = await eventsOf(context({ dataset: arraySet(randomArrays(3, [12, 10, 3])) }), { checkpoints: NAMES, layers: ['relu1'] });
    const tables = resultsOf(events).flatMap((artifact) => (artifact.kind === 'table' ? [[artifact.name, artifact.columns]] : []));
    expect(tables).toEqual([
      ['evolution', COLUMNS],
      ['settled', ['layer', 'unit', 'checkpoint', 'input']],
    ]);
  });

  it('tells from which checkpoint on the strongest picture stays', async () => {
    const dataset = arraySet(randomArrays(9, [12, 10, 3]));
    const events = await eventsOf(context({ dataset }), { checkpoints: NAMES, layers: ['relu1', 'relu2'] });
    const rows = tableOf(events);
    const settled = tableOf(events, 'settled');
    expect(settled).toHaveLength(14);
    for (const { layer, unit, checkpoint: from, input } of settled) {
      const inputs = rows.filter((row) => row.layer === layer && row.unit === unit).map((row) => row.input);
      const first = NAMES.indexOf(from);
      expect(inputs.slice(first).every((one) => one === input)).toBe(true);
      if (first > 0) expect(inputs[first - 1]).not.toBe(input);
    }
    expect(new Set(settled.map((row) => row.checkpoint)).size).toBeGreaterThan(1);
  });

  it.each(['deconvnet', 'guided-backprop'] as const)('projects the strongest activation under %s', async (policy) => {
    const arrays = randomArrays(7, [12, 10, 3]);
    const events = await eventsOf(context({ dataset: arraySet(arrays) }), { checkpoints: NAMES, layers: ['gap'], units: [1, 6], policy });
    let compared = 0;
    for (const unit of [1, 6]) {
      const tensor = resultsOf(events).find((one) => one.kind === 'tensor' && one.unit === unit);
      if (tensor?.kind !== 'tensor') throw new Error('no tensor');
      expect(tensor.shape).toEqual([NAMES.length, 12, 10, 3]);
      for (const [k, row] of tableOf(events)
        .filter((one) => one.unit === unit)
        .entries()) {
        const loaded = await checkpoint(row.checkpoint);
        const array = arrays[Number(row.input)];
        const input = tf.tensor4d(array?.values.slice() ?? [], [1, 12, 10, 3]);
        const objective = neuron(row.layer, row.y, row.x, row.unit).times(row.value);
        const options = { policy: policy === 'deconvnet' ? DECONVNET : GUIDED };
        const { gradient, activations } = await loaded.gradient(input, objective, options);
        const expected = await gradient.data();
        tf.dispose([input, gradient, ...activations.values()]);
        loaded.dispose();
        for (const [i, value] of expected.entries()) expect(tensor.data[k * 360 + i]).toBeCloseTo(value, 5);
        compared += expected.filter((value) => value !== 0).length;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('shows one grid for each layer, of the units that are named or of some drawn at random', async () => {
    const dataset = pictureSet(somePictures(6));
    const unitsOf = async (given: { readonly units?: number[]; readonly sheetUnits?: number }) => {
      const results = resultsOf(await eventsOf(context({ dataset }), { checkpoints: NAMES, layers: ['relu1', 'relu2'], ...given }));
      expect(results.filter(({ name }) => name === 'grid').map(({ layer }) => layer)).toEqual(['relu1', 'relu2']);
      return results.flatMap((one) => (one.kind === 'tensor' && one.layer === 'relu2' ? [one.unit] : []));
    };
    expect(await unitsOf({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await unitsOf({ units: [5, 3, 5] })).toEqual([5, 3]);
    const drawn = await unitsOf({ sheetUnits: 3 });
    expect(drawn).toHaveLength(3);
    expect(drawn).toEqual(await unitsOf({ sheetUnits: 3 }));
  });

  it('writes no numbers of projections when they are not wanted', async () => {
    const given = { checkpoints: NAMES, layers: ['relu2'], tensors: false };
    const results = resultsOf(await eventsOf(context({ dataset: pictureSet(somePictures(4)) }), given));
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['table', 'plot', 'image']));
  });

  it('plots the shares that the tables hold', async () => {
    const events = await eventsOf(context({ dataset: arraySet(randomArrays(9, [12, 10, 3])) }), { checkpoints: NAMES, layers: ['conv2'] });
    const plot = resultsOf(events).find(({ kind, name }) => kind === 'plot' && name === 'settled');
    if (plot?.kind !== 'plot') throw new Error('no plot');
    const settled = tableOf(events, 'settled').map((row) => NAMES.indexOf(row.checkpoint));
    const values = NAMES.map((_, i) => ({ x: i + 1, y: settled.filter((at) => at <= i).length / settled.length, series: 'conv2' }));
    expect(plot.plot['data']).toEqual({ values });
    const changed = resultsOf(events).find(({ kind, name }) => kind === 'plot' && name === 'changed');
    const rows = tableOf(events, 'evolution');
    const shareAt = (name: string) => {
      const all = rows.filter((row) => row.checkpoint === name);
      return all.filter((row) => row.changed).length / all.length;
    };
    const later = NAMES.slice(1).map((name, i) => ({ x: i + 2, y: shareAt(name), series: 'conv2' }));
    expect(changed?.kind === 'plot' && changed.plot['data']).toEqual({ values: later });
  });

  it('holds one model at a time, and no tensor in the end', async () => {
    const { context: given, models } = trainingContext(model, { dataset: arraySet(randomArrays(9, [12, 10, 3])) });
    const before = tf.memory().numTensors;
    await eventsOf(given, { checkpoints: NAMES, layers: ['relu2'] });
    expect(models).toEqual({ loaded: NAMES, open: 0, most: 1 });
    await eventsOf(given, { checkpoints: NAMES, layers: ['relu2'] }, (event) => event.type === 'progress');
    expect(models.open).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('takes all checkpoints of the bundled network that is the model when none are named', async () => {
    const asked: string[] = [];
    const listModels = async (pattern: string) => {
      asked.push(pattern);
      return ['photonet@1', 'photonet@2'];
    };
    const given = { ...context({ dataset: pictureSet(somePictures(2)), listModels }), model: { ...model, name: 'photonet@20' } };
    const rows = tableOf(await eventsOf(given, { layers: ['relu1'], units: [0] }));
    expect(asked).toEqual(['photonet@all']);
    expect(rows.map((row) => row.checkpoint)).toEqual(['photonet@1', 'photonet@2']);
  });

  it('calls files of the same name by their paths', async () => {
    const loadModel = async (source: string) => ({ ...(await checkpoint(source)), name: 'net' });
    const given = { checkpoints: ['a/net', 'b/net'], layers: ['relu1'], units: [0] };
    const rows = tableOf(await eventsOf(context({ dataset: pictureSet(somePictures(2)), loadModel }), given));
    expect(rows.map((row) => row.checkpoint)).toEqual(['a/net', 'b/net']);
  });

  it('leaves a unit empty whose activations are no numbers', async () => {
    const loadModel = async (source: string) => {
      const loaded = await checkpoint(source);
      if (source === 'epoch-2') for (const { data } of loaded.network.weights.values()) data.fill(Number.NaN);
      return loaded;
    };
    const given = { checkpoints: NAMES, layers: ['conv1'], units: [0] };
    const events = await eventsOf(context({ dataset: pictureSet(somePictures(3)), loadModel }), given);
    const rows = tableOf(events);
    expect(rows[1]).toEqual({ layer: 'conv1', unit: 0, checkpoint: 'epoch-2', input: '', y: '', x: '', value: '', changed: true });
    expect(rows[2]?.changed).toBe(true);
    expect(eventProblems(events)).toEqual([]);
  });
});

describe('evolution refuses', () => {
  const dataset = pictureSet(somePictures(2));
  it.each([
    [{}, { checkpoints: NAMES, layers: ['relu1'] }, 'no pictures were given'],
    [{ dataset, listModels: async () => [] }, { checkpoints: ['runs/*'], layers: ['relu1'] }, 'there are no checkpoints in "runs/*"'],
    [{ dataset }, { checkpoints: NAMES, layers: ['relu9'] }, 'relu9'],
    [{ dataset }, { checkpoints: NAMES, layers: ['relu1'], units: [2, 6] }, 'evolution: layer "relu1" of epoch-1 has no unit 6'],
  ])('%#: %s', async (change: Partial<RunContext>, given, message) => {
    await expect(eventsOf({ ...testContext({ model, inputs: [] }), loadModel: checkpoint, ...change }, given)).rejects.toThrow(message);
  });

  it('a checkpoint of a network of another width', async () => {
    const other = async (source: string) => {
      if (source === 'epoch-1') return { ...(await bareModel(3)), name: source };
      const loaded = await checkpoint(source);
      return { ...loaded, layer: () => loaded.layer('conv1') };
    };
    const before = tf.memory().numTensors;
    const given = { checkpoints: NAMES, layers: ['conv'] };
    await expect(eventsOf(context({ dataset, loadModel: other }), given)).rejects.toThrow('has 6 units, but 4 at the other checkpoints');
    expect(tf.memory().numTensors).toBe(before);
  });
});
