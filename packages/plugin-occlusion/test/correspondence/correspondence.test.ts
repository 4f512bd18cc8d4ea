import '@tensorflow/tfjs';
import {
  type Artifact,
  createModel,
  createRandom,
  defineVisualizer,
  type Layer,
  type Model,
  type Network,
  type VisualizerEvent,
} from '@featurescope/core';
import {
  arrayInput,
  pictureInput,
  referenceExecutor,
  syntheticPicture,
  type TestContextOptions,
  testContext,
  testVisualizer,
  tinyModel,
  tinyNetwork,
} from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { comparisonsOf, randomBox } from '../../src/correspondence/comparisons.js';
import { correspondence } from '../../src/correspondence/correspondence.js';
import { studiedLayers } from '../../src/correspondence/layers.js';
import { comparedLayers } from '../../src/invariance/layers.js';

const { visualizer } = correspondence;

const all = (part: string, top: number, left: number, height: number, width: number) => ({ input: '*', part, top, left, height, width });

/** A picture by itself is given twice, since two are needed. */
const ofAnyNumber = defineVisualizer({
  ...visualizer,
  run: (context, options) => {
    const [only] = context.inputs;
    const inputs = only && context.inputs.length === 1 ? [only, { ...only, name: 'again' }] : context.inputs;
    return visualizer.run({ ...context, inputs }, options);
  },
});

testVisualizer(ofAnyNumber, {
  describe,
  it,
  options: { parts: [all('eye', 2, 2, 4, 3), all('nose', 5, 4, 3, 5)], random: 2, batchSize: 3 },
});

async function eventsOf(options: Parameters<typeof correspondence>[0], context: TestContextOptions): Promise<VisualizerEvent[]> {
  const events: VisualizerEvent[] = [];
  for await (const event of visualizer.run(testContext(context), correspondence(options).options as never)) events.push(event);
  return events;
}

type Cell = string | number | boolean;

function rowsOf(events: readonly VisualizerEvent[]): readonly Readonly<Record<string, Cell>>[] {
  const found = events
    .flatMap((event): Artifact[] => (event.type === 'artifact' ? [event.artifact] : []))
    .find(({ kind }) => kind === 'table');
  if (found?.kind !== 'table') throw new Error('no table');
  return found.rows.map((row) => Object.fromEntries(found.columns.map((column, i) => [column, row[i] ?? ''])));
}

/** A model whose only layer gives the picture as it is. */
function mirror(height: number, width: number): Promise<Model> {
  const network: Network = {
    input: { name: 'input', shape: [null, null, 1] },
    layers: [
      {
        kind: 'conv',
        name: 'same',
        inputs: ['input'],
        kernelSize: [1, 1],
        filters: 1,
        stride: [1, 1],
        dilation: [1, 1],
        padding: 'same',
        groups: 1,
        bias: false,
      },
    ],
    outputs: ['same'],
    weights: new Map([['same/kernel', { shape: [1, 1, 1, 1], data: Float32Array.of(1) }]]),
  };
  return createModel({
    name: 'mirror',
    network,
    input: { size: [height, width], channels: 1, fixedSize: false },
    executor: referenceExecutor,
  });
}

describe('correspondence', () => {
  it('is worked out by hand on a layer that gives the picture as it is', async () => {
    const model = await mirror(2, 3);
    const inputs = [
      arrayInput('a', [2, 3, 1], Float32Array.of(5, -5, 0, 1, 1, 1)),
      arrayInput('b', [2, 3, 1], Float32Array.of(2, 3, 4, 1, 1, 1)),
      arrayInput('c', [2, 3, 1], Float32Array.of(-1, -1, 9, 1, 1, 1)),
    ];
    const parts = [all('top', 0, 0, 1, 3), { ...all('corner', 1, 0, 1, 1), input: 'a' }, { ...all('corner', 1, 0, 1, 1), input: 'c' }];
    const events = await eventsOf({ parts, random: 0, baseline: 0 }, { model, inputs });
    // Signs of the upper row: (1, −1, 0), (1, 1, 1), (−1, −1, 1); of the lower one always 0. Distances 2/6, 2/6, 2/6.
    expect(rowsOf(events)).toEqual([
      { layer: 'same', part: 'top', mean: expect.closeTo(1 / 3, 9), deviation: expect.closeTo(0, 9), pairs: 6 },
      { layer: 'same', part: 'corner', mean: 0, deviation: 0, pairs: 2 },
    ]);
    const other = await eventsOf({ parts, random: 0, baseline: 2.5 }, { model, inputs });
    // Against 2.5: (1, −1, −1), (−1, 1, 1), (−1, −1, 1): 3/6, 2/6 and 1/6; the corner is −1 twice.
    expect(rowsOf(other)[0]).toMatchObject({ mean: expect.closeTo(1 / 3, 9), deviation: expect.closeTo(Math.sqrt(2 / 3) / 6, 9) });
    model.dispose();
  });

  it('is perfect for one picture under several names, and random boxes are not', async () => {
    const model = await tinyModel();
    const inputs = ['a', 'b', 'c'].map((name) => pictureInput(name, syntheticPicture('one', [12, 10])));
    const rows = rowsOf(await eventsOf({ parts: [all('eye', 3, 3, 4, 4)], random: 4 }, { model, inputs }));
    expect(rows.map(({ layer, part, pairs }) => [layer, part, pairs])).toEqual([
      ['relu2', 'eye', 6],
      ['relu2', 'random', 24],
      ['gap', 'eye', 6],
      ['gap', 'random', 24],
    ]);
    expect(rows[0]).toMatchObject({ mean: 0, deviation: 0 });
    expect(rows[2]).toMatchObject({ mean: 0, deviation: 0 });
    expect(Number(rows[1]?.['mean'])).toBeGreaterThan(0.05);
    expect(rows[0]?.['random']).toBe(rows[1]?.['mean']);
    model.dispose();
  });

  it('does not depend on the batch size, nor on other parts', async () => {
    const model = await tinyModel();
    const eye = all('eye', 3, 3, 4, 4);
    const parts = [eye, all('nose', 6, 2, 3, 5)];
    const whole = rowsOf(await eventsOf({ parts, random: 3 }, { model }));
    expect(rowsOf(await eventsOf({ parts, random: 3, batchSize: 1 }, { model }))).toEqual(whole);
    const alone = rowsOf(await eventsOf({ parts: [eye], random: 3 }, { model }));
    expect(alone[0]).toEqual(whole[0]);
    expect(rowsOf(await eventsOf({ parts, random: 3 }, { model, seed: 2 }))[2]).not.toEqual(whole[2]);
    model.dispose();
  });

  it('reads parts from a file, and says what is wrong with it', async () => {
    const model = await tinyModel();
    const csv = 'input,part,top,left,height,width\nwide,eye,2,2,4,4\nhigh,eye,3,3,4,4\n';
    const texts = { 'parts.csv': csv, 'empty.json': '[]' };
    const rows = rowsOf(await eventsOf({ parts: 'parts.csv', random: 0 }, { model, texts }));
    expect(rows.map(({ part }) => part)).toEqual(['eye', 'eye']);
    await expect(eventsOf({ parts: 'none.csv' }, { model, texts })).rejects.toThrow('There is no file "none.csv"');
    await expect(eventsOf({ parts: 'empty.json' }, { model, texts })).rejects.toThrow('empty.json lists no parts');
    model.dispose();
  });

  it('refuses arrays of several sizes, and layers that do not exist, before any pass', async () => {
    const model = await tinyModel();
    const before = tf.memory().numTensors;
    const inputs = [8, 12].map((side) => arrayInput(`a${side}`, [side, side, 3], new Float32Array(side * side * 3)));
    await expect(eventsOf({ parts: [all('eye', 0, 0, 2, 2)] }, { model, inputs })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: layer "relu2" gives maps of different sizes for "a8" and "a12", which cannot be compared place by place. Give arrays of one size, or pictures, which are brought to one.]`,
    );
    await expect(eventsOf({ parts: [all('eye', 0, 0, 2, 2)], layers: ['rulu2'] }, { model })).rejects.toThrow('Did you mean "relu2"');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('random boxes', () => {
  it('have the size of the part, lie in the picture, and reach every place', () => {
    const random = createRandom(3);
    const boxes = Array.from({ length: 300 }, () => randomBox({ top: 9, left: 9, height: 3, width: 5 }, [5, 6], random));
    expect(boxes.every(({ height, width }) => height === 3 && width === 5)).toBe(true);
    expect([...new Set(boxes.map(({ top, left }) => `${top},${left}`))].sort()).toEqual(['0,0', '0,1', '1,0', '1,1', '2,0', '2,1']);
  });

  it('differ from picture to picture and from repetition to repetition', () => {
    const box = { top: 0, left: 0, height: 2, width: 2 };
    const pictures = ['a', 'b'].map((name) => ({
      input: { ...arrayInput(name, [1, 1, 1], new Float32Array(1)) },
      boxes: new Map([['eye', box]]),
    }));
    const made = comparisonsOf(
      { pictures, parts: ['eye'], warnings: [] },
      [
        [200, 200],
        [200, 200],
      ],
      3,
      createRandom(1),
    );
    expect(made.map(({ repetition }) => repetition)).toEqual([undefined, 0, 1, 2]);
    const places = made.slice(1).flatMap(({ boxes }) => boxes.map((one) => JSON.stringify(one)));
    expect(new Set(places).size).toBe(6);
  });
});

describe('layers', () => {
  it('are by default the last map and the last layer below the class scores', async () => {
    const model = await tinyModel();
    expect(studiedLayers(model, undefined)).toEqual(['relu2', 'gap']);
    expect(studiedLayers(model, ['conv1', 1, 8])).toEqual(['conv1', 'prob']);
    model.dispose();
    const bare = await mirror(3, 3);
    expect(studiedLayers(bare, undefined)).toEqual(['same']);
    bare.dispose();
  });

  it('are the class scores beside the last map where no layer between has features of the whole picture', async () => {
    const bare = tinyNetwork();
    const layers: readonly Layer[] = [
      ...bare.layers.slice(0, 5),
      {
        ...(bare.layers[3] as Extract<Layer, { kind: 'conv' }>),
        name: 'classes',
        inputs: ['drop'],
        filters: 4,
        kernelSize: [1, 1],
        bias: false,
      },
      { kind: 'globalAvgPool', name: 'scores', inputs: ['classes'] },
      { kind: 'softmax', name: 'probabilities', inputs: ['scores'] },
    ].toSpliced(5, 0, { kind: 'dropout', name: 'drop', inputs: ['relu2'], rate: 0.5 }) as readonly Layer[];
    const weights = new Map([...bare.weights, ['classes/kernel', { shape: [1, 1, 8, 4], data: new Float32Array(32).fill(0.1) }] as const]);
    const network: Network = { ...bare, layers, outputs: ['probabilities'], weights };
    const model = await createModel({
      name: 'squeezed',
      network,
      input: { size: [12, 10], channels: 3, fixedSize: false },
      executor: referenceExecutor,
    });
    expect(studiedLayers(model, undefined)).toEqual(['relu2', 'scores']);
    expect(comparedLayers(model, undefined)).toEqual(['relu1', 'scores']);
    model.dispose();
  });
});
