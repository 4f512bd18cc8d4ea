import '@tensorflow/tfjs';
import type { Model, VisualizerEvent } from '@featurescope/core';
import { bareModel, pictureInput, syntheticPicture, testContext, testInputs, testVisualizer, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradCam } from '../../src/attribution/grad-cam.js';
import { backward } from '../../src/backward/backward.js';
import { gradient } from '../../src/backward/gradient.js';
import { guidedBackprop } from '../../src/backward/guided-backprop.js';
import { compareOf } from '../../src/compare/compare.js';
import { tensorsOf } from '../support/run.js';
import { artifactsOf, cellsOf, failing, imagesOf, maker, mapping, option, type Seen, warningsOf } from './support.js';

const compare = compareOf([gradient, guidedBackprop, gradCam, backward]);

const one = [pictureInput('one', syntheticPicture('one', [12, 10]))];

testVisualizer(compare, { describe, it, options: { methods: ['gradient'], class: 'mountain' }, inputs: one });
testVisualizer(compare, {
  describe,
  it,
  options: { methods: ['gradient'], layers: ['conv2'], show: 'overlay', normalise: 'grid' },
  inputs: one,
});

type Given = Parameters<typeof compare>[0];
type Others = Omit<Partial<Parameters<typeof testContext>[0]>, 'model'> & { readonly models?: readonly Model[] };

async function run(given: Given, { models, ...others }: Others = {}): Promise<VisualizerEvent[]> {
  const own = models ?? [await tinyModel()];
  const before = tf.memory().numTensors;
  const { visualizer, options } = compare(given);
  const [model] = own;
  if (!model) throw new Error('no model');
  const context = { ...testContext({ model, ...others }), models: own };
  const events: VisualizerEvent[] = [];
  try {
    for await (const event of visualizer.run(context, options as never)) events.push(event);
    return events;
  } finally {
    expect(tf.memory().numTensors).toBe(before);
    if (!models) model.dispose();
  }
}

/** One attribution of a visualizer run by itself. */
async function alone(factory: typeof gradient | typeof gradCam, given: object, input: number): Promise<Float32Array> {
  const model = await tinyModel();
  const { visualizer, options } = factory(given);
  const inputs = testInputs().slice(input, input + 1);
  for await (const event of visualizer.run(testContext({ model, inputs }), options as never))
    if (event.type === 'artifact' && event.artifact.kind === 'tensor') {
      model.dispose();
      return event.artifact.data;
    }
  throw new Error('no attribution');
}

const methodsIn = (events: readonly VisualizerEvent[]) => [...new Set(cellsOf(events).map(({ family, method }) => `${family}: ${method}`))];

describe('methods', () => {
  const installed = [
    mapping('unnamed', 1),
    maker('making', { iterations: option.whole(9) }, []),
    mapping('covering', 1, 'input modification'),
    mapping('deconvolving', 1, 'deconvolution'),
  ];

  it('are all that name their family, in the order of the taxonomy', async () => {
    const events = await run({}, { visualizers: installed });
    expect(methodsIn(events)).toEqual([
      'input modification: covering',
      'deconvolution: deconvolving',
      'deconvolution: gradient',
      'deconvolution: guided-backprop',
      'deconvolution: grad-cam',
      'input reconstruction: making',
    ]);
  });

  it('are those named, whatever they are', async () => {
    const events = await run({ methods: ['making', 'unnamed', 'backward', 'covering'] }, { visualizers: installed });
    expect(methodsIn(events)).toEqual([
      'input modification: covering',
      'deconvolution: backward',
      'input reconstruction: making',
      'other: unnamed',
    ]);
  });

  it('take in a general one that has options', async () => {
    const events = await run({ methodOptions: { backward: { forwardMask: false } } });
    expect(methodsIn(events)).toContain('deconvolution: backward');
  });

  it('are refused when they are not there, not compared, or wrongly set', async () => {
    await expect(run({ methods: ['gradeint'] })).rejects.toThrow(/Did you mean "gradient"/);
    await expect(run({ methods: ['compare'] }, { visualizers: [compare] })).rejects.toThrow(/run itself/);
    await expect(run({ methods: ['gradient'], methodOptions: { backward: {} } })).rejects.toThrow(/"backward", which is not compared/);
    await expect(run({ methodOptions: { gradient: { signl: 'one' } } })).rejects.toThrow(/Did you mean "signal"/);
    await expect(run({ methods: ['unnamed'], layers: ['conv1'] }, { visualizers: installed })).rejects.toThrow(
      /cannot be asked about a layer/,
    );
  });
});

describe('methods × inputs', () => {
  it('show what each method makes of each input, with the numbers', async () => {
    const events = await run({ methods: ['gradient', 'grad-cam'], class: 1 });
    expect(cellsOf(events).map(({ input, method, target }) => [input, method, target])).toEqual([
      ['wide', 'gradient', 'class 1 (cloud)'],
      ['wide', 'grad-cam', 'class 1 (cloud)'],
      ['high', 'gradient', 'class 1 (cloud)'],
      ['high', 'grad-cam', 'class 1 (cloud)'],
    ]);
    for (const [method, factory, shape] of [
      ['gradient', gradient, [2, 12, 10, 3]],
      ['grad-cam', gradCam, [2, 12, 10]],
    ] as const) {
      const [stack] = tensorsOf(events, `${method}-attributions`);
      expect(stack?.shape).toEqual(shape);
      const expected = [...(await alone(factory, { class: 1 }, 0)), ...(await alone(factory, { class: 1 }, 1))];
      expect([...(stack?.data ?? [])]).toEqual(expected);
    }
    expect(imagesOf(events)).toHaveLength(1);
  });

  it('ask every method for the class that is strongest on an input', async () => {
    const cells = cellsOf(await run({}));
    for (const input of ['wide', 'high'])
      expect(new Set(cells.filter((cell) => cell['input'] === input).map(({ target }) => target)).size).toBe(1);
  });

  it('mark what failed, warn of it, and go on', async () => {
    const events = await run({ methods: ['failing', 'gradient'] }, { visualizers: [failing] });
    expect(cellsOf(events).map(({ method, result }) => [method, /^failed: no such luck/.test(String(result))])).toEqual([
      ['failing', true],
      ['gradient', false],
      ['failing', true],
      ['gradient', false],
    ]);
    expect(warningsOf(events)).toEqual(['failing on wide, tiny: no such luck', 'failing on high, tiny: no such luck']);
    expect(tensorsOf(events, 'gradient-attributions')).toHaveLength(1);
    await expect(run({ methods: ['failing'] }, { visualizers: [failing] })).rejects.toThrow('no such luck');
  });

  it('mark a method that shows nothing, and tell of an attribution of zeros', async () => {
    const events = await run({ methods: ['nought', 'gradient'] }, { visualizers: [mapping('nought', 0)], inputs: one });
    expect(warningsOf(events)).toEqual(['nought on one, tiny: its attribution is 0 everywhere.']);
    const mute = maker('mute', {}, []);
    const silent = { ...mute.visualizer, name: 'silent', run: async function* () {} };
    const factory = Object.assign((given?: Record<string, unknown>) => ({ ...mute(given), visualizer: silent }), { visualizer: silent });
    const others = await run({ methods: ['silent', 'gradient'] }, { visualizers: [factory as never], inputs: one });
    expect(warningsOf(others)[0]).toMatch(/"silent" yields neither a tensor "attribution" nor an image "image"/);
  });

  it('ask methods that make pictures for few steps and no frames, once for each class when they need no input', async () => {
    const seen: Seen[] = [];
    const shape = { iterations: option.whole(500), frameEvery: option.whole(2), class: option.optional };
    const quick = maker('quick', { iterations: option.whole(10), layers: option.list }, seen);
    const events = await run(
      { methods: ['climbing', 'quick'], class: 3, iterations: 20 },
      { visualizers: [maker('climbing', shape, seen), quick] },
    );
    expect(seen).toEqual([
      { options: { iterations: 20, frameEvery: 0, class: 3 }, inputs: 0 },
      { options: { iterations: 10 }, inputs: 1 },
      { options: { iterations: 10 }, inputs: 1 },
    ]);
    expect(warningsOf(events)).toContain('climbing on wide, tiny: a word of warning');
    expect(cellsOf(events).map(({ result }) => result)).toEqual(['image', 'image', 'image', 'image']);
    seen.length = 0;
    const given = { methods: ['climbing'], class: 3, methodOptions: { climbing: { iterations: 700 } } };
    await run(given, { visualizers: [maker('climbing', shape, seen)] });
    expect(seen.map(({ options }) => options)).toEqual([{ iterations: 700, frameEvery: 0, class: 3 }]);
  });

  it('explain a unit where one is named, as each method can be asked for it', async () => {
    const seen: Seen[] = [];
    const visualizers = [
      maker('of-layers', { layers: option.list }, seen),
      maker('of-layer', { layer: option.optional }, seen, true),
      maker('of-units', { layer: option.optional, unit: option.optional, at: option.optional }, seen),
      maker('of-classes', { class: option.optional }, seen),
    ];
    const methods = ['gradient', 'grad-cam', 'of-layers', 'of-layer', 'of-units', 'of-classes'];
    const events = await run({ methods, layer: 'conv2', unit: 5, at: [1, 2] }, { visualizers, inputs: testInputs().slice(0, 1) });
    expect(seen).toEqual([
      { options: { layers: ['conv2'] }, inputs: 1 },
      { options: { layer: 'conv2' }, inputs: 1 },
      { options: { layer: 'conv2', unit: 5 }, inputs: 0 },
    ]);
    expect(warningsOf(events)[0]).toBe('of-classes: left out, since it has no option for a layer.');
    expect(tensorsOf(events, 'gradient-attributions')[0]?.data).toEqual(await alone(gradient, { layer: 'conv2', unit: 5, at: [1, 2] }, 0));
    expect(tensorsOf(events, 'grad-cam-attributions')[0]?.data).toEqual(await alone(gradCam, { layer: 'conv2' }, 0));
    // A class is asked for as a unit of the layer of the scores where a method knows units only.
    seen.length = 0;
    await run({ methods: ['of-units'], class: 2 }, { visualizers });
    expect(seen).toEqual([{ options: { layer: 'fc3', unit: 2 }, inputs: 0 }]);
  });
});

describe('methods × layers', () => {
  it('are a page for each input, with the strongest unit of each layer', async () => {
    const events = await run({ methods: ['gradient', 'grad-cam'], layers: ['conv1', 4] });
    const pages = artifactsOf(events).filter(({ kind }) => kind === 'image');
    expect(pages.map(({ input }) => input)).toEqual(['wide', 'high']);
    expect(cellsOf(events).map(({ input, layer }) => `${input} ${layer}`)).toEqual(
      ['wide', 'high'].flatMap((input) => ['conv1', 'conv1', 'conv2', 'conv2'].map((layer) => `${input} ${layer}`)),
    );
    const [stack] = tensorsOf(events, 'gradient-attributions');
    expect([...(stack?.data ?? [])]).toEqual([
      ...(await alone(gradient, { layer: 'conv1' }, 0)),
      ...(await alone(gradient, { layer: 'conv2' }, 0)),
    ]);
  });

  it('of one method are one page with a row for each input', async () => {
    const events = await run({ methods: ['gradient'], layers: ['conv1', 'relu1', 'conv2'] });
    const [page, ...others] = artifactsOf(events).filter(({ kind }) => kind === 'image');
    expect([page?.input, others.length]).toEqual([undefined, 0]);
    expect(tensorsOf(events, 'gradient-attributions')[0]?.shape).toEqual([6, 12, 10, 3]);
  });

  it('refuse a target besides, and layers that are not there', async () => {
    await expect(run({ layers: ['conv1'], layer: 'conv2' })).rejects.toThrow(/--layers cannot be combined with --layer/);
    await expect(run({ layers: ['conv9'] })).rejects.toThrow(/conv/);
    const models = [await tinyModel(), await tinyModel()];
    await expect(run({ layers: ['conv1'] }, { models })).rejects.toThrow(/--layers cannot be combined with several networks/);
    for (const model of models) model.dispose();
  });
});

describe('one method × networks', () => {
  it('has a column for each network, each with its own numbers', async () => {
    const models = [await tinyModel(), await bareModel(3)];
    const events = await run({ methods: ['gradient'], class: 2 }, { models });
    expect(cellsOf(events).map(({ input, model, layer }) => `${input} ${model} ${layer}`)).toEqual([
      'wide tiny fc3',
      'wide bare conv',
      'high tiny fc3',
      'high bare conv',
    ]);
    // Networks of different input sizes have a tensor each.
    expect(tensorsOf(events, 'gradient-attributions').map(({ shape }) => shape)).toEqual([[2, 12, 10, 3]]);
    expect(tensorsOf(events, 'gradient-attributions-2').map(({ shape }) => shape)).toEqual([[2, 8, 6, 3]]);
    await expect(run({ methods: ['gradient'], class: 'mountain' }, { models })).rejects.toThrow(/mountain/);
    for (const model of models) model.dispose();
  });

  it('or several methods, on a page for each input', async () => {
    const models = [await tinyModel(), await tinyModel()];
    const events = await run({ methods: ['gradient', 'guided-backprop'] }, { models });
    expect(artifactsOf(events).filter(({ kind }) => kind === 'image')).toHaveLength(2);
    const [stack] = tensorsOf(events, 'gradient-attributions');
    const length = (stack?.data.length ?? 0) / 2;
    expect(stack?.data.slice(0, length)).toEqual(stack?.data.slice(length));
    for (const model of models) model.dispose();
  });
});
