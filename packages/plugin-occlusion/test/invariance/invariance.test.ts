import '@tensorflow/tfjs';
import { type Artifact, createModel, createRandom, type Layer, type Model, type Network, type VisualizerEvent } from '@featurescope/core';
import {
  arrayInput,
  memoryState,
  referenceExecutor,
  type TestContextOptions,
  testContext,
  testInputs,
  testVisualizer,
  tinyModel,
} from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../src/invariance/features.js';
import { invariance } from '../../src/invariance/invariance.js';
import { comparedLayers } from '../../src/invariance/layers.js';
import { transformed } from '../../src/invariance/transform.js';

testVisualizer(invariance, { describe, it, options: { translations: 3, scales: [0.5, 1, 1.5], rotations: '0:360:120', batchSize: 4 } });

async function artifactsOf(options: Parameters<typeof invariance>[0], context: TestContextOptions): Promise<Artifact[]> {
  const events: VisualizerEvent[] = [];
  for await (const event of invariance.visualizer.run(testContext(context), invariance(options).options as never)) events.push(event);
  return events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
}

function rowsOf(artifacts: readonly Artifact[]) {
  const table = artifacts.find(({ kind }) => kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i] ?? ''])));
}

const conv = (name: string, input: string, stride: number, bias: boolean): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [3, 3],
  filters: 4,
  stride: [stride, stride],
  dilation: [1, 1],
  padding: { top: 0, left: 0, bottom: 0, right: 0 },
  groups: 1,
  bias,
});

/** conv → relu → global mean, without padding and with a stride of 3. */
function strided(): Promise<Model> {
  const random = createRandom('strided');
  const network: Network = {
    input: { name: 'input', shape: [null, null, 1] },
    layers: [
      conv('conv', 'input', 3, false),
      { kind: 'relu', name: 'relu', inputs: ['conv'] },
      { kind: 'globalAvgPool', name: 'mean', inputs: ['relu'] },
    ],
    outputs: ['mean'],
    weights: new Map([['conv/kernel', { shape: [3, 3, 1, 4], data: random.fillNormal(new Float32Array(36), 0, 1) }]]),
  };
  return createModel({ name: 'strided', network, input: { size: [21, 21], channels: 1, fixedSize: false }, executor: referenceExecutor });
}

/** A small blot of noise in the middle of nothing. */
const blot = Float32Array.from({ length: 441 }, (_, i) =>
  Math.abs(Math.floor(i / 21) - 10) < 4 && Math.abs((i % 21) - 10) < 4 ? Math.sin(7 * i) : 0,
);

describe('invariance', () => {
  it('by the stride of a network without padding moves features, and leaves their mean', async () => {
    const model = await strided();
    const shape = [21, 21, 1] as const;
    const features = async (values: Float32Array) => {
      const batch = tf.tensor4d(values, [1, ...shape]);
      const found = await featuresOf(model, batch, ['relu']);
      batch.dispose();
      return found.layers[0] ?? new Float32Array();
    };
    const original = await features(blot);
    const moved = await features(transformed(blot, shape, { name: 'vertical-translation', amount: 3 }, [0]));
    // One row of 7 positions of 4 channels further down.
    expect([...moved.subarray(28)]).toEqual([...original.subarray(0, -28)]);
    const inputs = [arrayInput('blot', shape, blot)];
    const rows = rowsOf(await artifactsOf({ translations: [-3, 0, 1, 3], scales: 0, rotations: 0, baseline: 0 }, { model, inputs }));
    const expected = Math.hypot(...original.map((value, i) => value - (moved[i] ?? 0)));
    for (const { transformation, amount, ...row } of rows) {
      expect(String(transformation)).toMatch(/translation/);
      const [first, last] = [Number(row['distance relu']), Number(row['distance mean'])];
      if (amount === 0) expect([first, last]).toEqual([0, 0]);
      else expect(first).toBeGreaterThan(0.1);
      if (amount === 1) expect(last).toBeGreaterThan(1e-3);
      else expect(last).toBeLessThan(1e-6);
    }
    expect(
      rows.find(({ transformation, amount }) => transformation === 'vertical-translation' && amount === 3)?.['distance relu'],
    ).toBeCloseTo(expected, 4);
    model.dispose();
  });

  it('follows the most probable class of the original, or the one given', async () => {
    const model = await tinyModel();
    const inputs = testInputs();
    const wanted = await Promise.all(
      inputs.map(async (input) => {
        const picture = await input.tensor(model.input);
        const activations = await model.activations(picture, ['prob']);
        const found = Array.from((await activations.get('prob')?.data()) ?? []);
        tf.dispose([picture, ...activations.values()]);
        return found;
      }),
    );
    const few = { translations: [0, 2], scales: 0, rotations: 0 };
    const own = rowsOf(await artifactsOf(few, { model }));
    for (const [i, { name }] of inputs.entries()) {
      const probabilities = wanted[i] ?? [];
      const first = own.find(({ input, amount }) => input === name && amount === 0);
      expect(first?.['probability']).toBeCloseTo(Math.max(...probabilities), 6);
      expect(probabilities[Number(first?.['class'])]).toBe(Math.max(...probabilities));
    }
    const given = rowsOf(await artifactsOf({ ...few, class: 'water' }, { model }));
    expect(given[0]).toMatchObject({ class: 3, probability: expect.closeTo(wanted[0]?.[3] ?? -1, 6) });
    await expect(artifactsOf({ ...few, class: 'waiter' }, { model })).rejects.toThrow('Did you mean "water"');
    model.dispose();
  });

  it('does not depend on the batch size', async () => {
    const model = await tinyModel();
    const options = { translations: 3, scales: 3, rotations: 5 };
    const [one, many] = [rowsOf(await artifactsOf({ ...options, batchSize: 1 }, { model })), rowsOf(await artifactsOf(options, { model }))];
    expect(one).toHaveLength(2 * (3 + 3 + 3 + 5));
    for (const [i, row] of one.entries())
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'number') expect(many[i]?.[column]).toBeCloseTo(value, 5);
        else expect(many[i]?.[column]).toBe(value);
    model.dispose();
  });

  it('gives a plot for each transformation with a panel for each layer and the probability, and a line for each input', async () => {
    const model = await tinyModel();
    const artifacts = await artifactsOf({ translations: 3, scales: 0, rotations: 3, layers: ['conv1', 'relu2', 'gap'] }, { model });
    const plots = artifacts.flatMap((artifact) => (artifact.kind === 'plot' ? [artifact] : []));
    expect(plots.map(({ name }) => name)).toEqual(['vertical-translation', 'horizontal-translation', 'rotation']);
    const panels = plots[2]?.plot['hconcat'] as readonly {
      readonly data: { readonly values: readonly { readonly x: number; readonly series: string }[] };
    }[];
    expect(panels).toHaveLength(4);
    expect(panels[0]?.data.values.map(({ series, x }) => [series, x])).toEqual(
      ['wide', 'high'].flatMap((name) => [0, 180, 360].map((x) => [name, x])),
    );
    expect(artifacts.filter(({ kind, name }) => kind === 'image' && name === 'transformed').map(({ input }) => input)).toEqual([
      'wide',
      'high',
    ]);
    model.dispose();
  });

  it('goes on after the inputs that were done', async () => {
    const model = await tinyModel();
    let passes = 0;
    const counted: Model = {
      ...model,
      activations: (...given) => {
        passes++;
        return model.activations(...given);
      },
    };
    const state = memoryState();
    const options = { translations: 0, scales: 0, rotations: 2 };
    const all = rowsOf(await artifactsOf(options, { model: counted, state }));
    expect(passes).toBe(2);
    expect(rowsOf(await artifactsOf(options, { model: counted, state }))).toEqual(all);
    expect(passes).toBe(2);
    model.dispose();
  });

  it('looks at an array of another size with the dense layers of a network of fixed size as convolutions', async () => {
    const network: Network = {
      input: { name: 'input', shape: [3, 3, 1] },
      layers: [{ kind: 'dense', name: 'fc', inputs: ['input'], units: 2, bias: false, inputOrder: 'hwc' }],
      outputs: ['fc'],
      weights: new Map([['fc/kernel', { shape: [9, 2], data: Float32Array.from({ length: 18 }, (_, i) => Math.cos(i)) }]]),
    };
    const model = await createModel({
      name: 'fixed',
      network,
      input: { size: [3, 3], channels: 1, fixedSize: true },
      executor: referenceExecutor,
    });
    const inputs = [
      arrayInput(
        'large',
        [5, 4, 1],
        Float32Array.from({ length: 20 }, (_, i) => Math.sin(i)),
      ),
    ];
    const rows = rowsOf(await artifactsOf({ translations: 0, scales: 0, rotations: [0, 180] }, { model, inputs }));
    expect(rows[0]).toMatchObject({ 'distance fc': 0 });
    expect(Number(rows[1]?.['probability'])).toBeGreaterThan(0);
    expect(Number(rows[1]?.['probability'])).toBeLessThan(1);
    model.dispose();
  });
});

describe('compared layers', () => {
  it('are by default the first with its nonlinearity and the last below the class scores', async () => {
    const model = await tinyModel();
    expect(comparedLayers(model, undefined)).toEqual(['relu1', 'gap']);
    expect(comparedLayers(model, [1, 'conv1', 'prob'])).toEqual(['conv1', 'prob']);
    model.dispose();
  });
});
