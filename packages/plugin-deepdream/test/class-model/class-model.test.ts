import '@tensorflow/tfjs';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifact, createModel, decodeModelFile, GRADIENT, type Input, type Model, type VisualizerEvent } from '@featurescope/core';
import {
  arrayInput,
  bareModel,
  pictureInput,
  referenceBackward,
  referenceForward,
  syntheticPicture,
  termSeeds,
  testContext,
  testVisualizer,
  tinyModel,
  tinyNetwork,
} from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '../../../runtime/src/onnx/index.js';
import { classModel } from '../../src/class-model/class-model.js';
import { closedNetwork, denseNetwork, modelOf } from './networks.js';

testVisualizer(classModel, { describe, it, options: { class: 'cloud', iterations: 12, jitter: 2 } });
testVisualizer(classModel, {
  describe,
  it,
  options: { start: 'input', positions: 'max', stepRule: 'adam', iterations: 12, frameEvery: 5 },
  createModel: async () => modelOf(denseNetwork()),
  inputs: [pictureInput('wide', syntheticPicture('wide', [14, 20])), pictureInput('high', syntheticPicture('high', [16, 12]))],
});

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => void expect(memory().numTensors).toBe(before));

type Given = Parameters<typeof classModel>[0];

async function events(given: Given, { model: create = tinyModel, inputs = [] }: { model?: () => Promise<Model>; inputs?: Input[] } = {}) {
  const model = await create();
  const all: VisualizerEvent[] = [];
  try {
    const { visualizer, options } = classModel(given);
    for await (const event of visualizer.run(testContext({ model, inputs }), options as never)) all.push(event);
  } finally {
    model.dispose();
  }
  return all;
}

const seriesOf = (all: readonly VisualizerEvent[], series: string): number[] =>
  all.flatMap((event) => (event.type === 'metric' && event.series === series ? [event.value] : []));
const warnings = (all: readonly VisualizerEvent[]): string[] => all.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
const artifacts = (all: readonly VisualizerEvent[]): Artifact[] =>
  all.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));

function artifact<K extends Artifact['kind']>(all: readonly VisualizerEvent[], kind: K, name: string): Extract<Artifact, { kind: K }> {
  const found = artifacts(all).find((one): one is Extract<Artifact, { kind: K }> => one.kind === kind && one.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
}

const SHAPE = [11, 14, 3] as const;
const values = Float32Array.from({ length: 11 * 14 * 3 }, (_, i) => Math.sin(i * 0.7));
const array = () => arrayInput('array', SHAPE, values);
const plain = { jitter: 0, clamp: false, blurEvery: 0 } as const;

describe('the way to a class', () => {
  it.each([
    ['logit', 'sum'],
    ['squared', 'squares'],
  ] as const)('takes the steps of %s as computed in double precision, and reports what was before each', async (score, form) => {
    const [step, k] = [0.05, 1];
    const all = await events({ class: k, score, start: 'input', iterations: 4, step, stepRule: 'fixed', ...plain }, { inputs: [array()] });
    const network = tinyNetwork();
    const terms = [{ layer: 'fc3', form, units: [{ channel: k }], mean: true, weight: 1 }] as const;
    let x = Float64Array.from(values);
    const [logits, probabilities]: [number[], number[]] = [[], []];
    for (let i = 0; i < 4; i++) {
      const pass = referenceForward(network, { shape: [1, ...SHAPE], data: x });
      logits.push(pass.values.get('fc3')?.data[k] ?? 0);
      probabilities.push(pass.values.get('prob')?.data[k] ?? 0);
      const gradient = referenceBackward(pass, termSeeds(pass, terms), GRADIENT).data;
      x = x.map((value, j) => value + step * (gradient[j] ?? 0));
    }
    expect(seriesOf(all, 'logit')).toHaveLength(4);
    seriesOf(all, 'logit').forEach((value, i) => void expect(value).toBeCloseTo(logits[i] ?? 0, 5));
    expect(seriesOf(all, 'probability')).toHaveLength(4);
    seriesOf(all, 'probability').forEach((value, i) => void expect(value).toBeCloseTo(probabilities[i] ?? 0, 5));
    const objective = (logit: number): number => (score === 'logit' ? logit : logit ** 2);
    expect(seriesOf(all, 'objective')).toHaveLength(4);
    seriesOf(all, 'objective').forEach((value, i) => void expect(value).toBeCloseTo(objective(logits[i] ?? 0), 4));
    artifact(all, 'tensor', 'class-model').data.forEach((value, i) => void expect(value).toBeCloseTo(x[i] ?? 0, 4));
    const last = referenceForward(network, { shape: [1, ...SHAPE], data: x });
    const final = artifact(all, 'table', 'top-5').rows.find(([iteration, , one]) => iteration === 4 && one === k);
    expect(final?.[4]).toBeCloseTo(last.values.get('prob')?.data[k] ?? 0, 5);
  });

  it.each(['flat', 'uniform', 'gaussian'] as const)('raises score and probability from a %s start', async (start) => {
    for (const label of ['sky', 'water']) {
      const all = await events({ class: label, start, iterations: 20, frameEvery: 0, blurEvery: 0 });
      const [logit, probability] = [seriesOf(all, 'logit'), seriesOf(all, 'probability')];
      expect(logit.at(-1)).toBeGreaterThan((logit[0] ?? 0) + 0.2);
      expect(probability.at(-1)).toBeGreaterThan(probability[0] ?? 0);
    }
  });

  it('begins with the most probable class of an input when none is named', async () => {
    const all = await events({ start: 'input', iterations: 3, ...plain }, { inputs: [array()] });
    const scores = [
      ...(referenceForward(tinyNetwork(), { shape: [1, ...SHAPE], data: Float64Array.from(values) }).values.get('fc3')?.data ?? []),
    ];
    const { unit, description } = artifact(all, 'image', 'image');
    expect(unit).toBe(scores.indexOf(Math.max(...scores)));
    expect(description).toMatch(/after 3 iterations: logit .* at the start\), probability/);
    expect(artifact(all, 'image', 'input').input).toBe('array');
  });

  it('reads its start once', async () => {
    const input = array();
    let read = 0;
    const counted: Input = { ...input, tensor: (...of) => input.tensor(...of).finally(() => read++) };
    const all = await events({ class: 1, iterations: 2, ...plain }, { inputs: [counted] });
    expect(seriesOf(all, 'logit')).toHaveLength(2);
    expect(read).toBe(1);
  });

  it('says what has no effect', async () => {
    const short = { class: 1, iterations: 1, start: 'flat', frameEvery: 0 } as const;
    expect(warnings(await events({ ...short, animation: 'gif', startDeviation: 5, blurEvery: 0, blurSigma: 2 }))).toEqual([
      'class-model: --start-deviation has no effect with --start flat',
      'class-model: --animation has no effect with --frame-every 0',
      'class-model: --blur-sigma has no effect with --blur-every 0',
    ]);
    expect(warnings(await events({ ...short, startValue: 0.1, blurSigma: 2 }))).toEqual([]);
  });

  it('goes on through a ReLU that is closed at the start', async () => {
    const all = await events({ class: 0, iterations: 40, ...plain }, { model: () => modelOf(closedNetwork(CLOSED)) });
    const logit = seriesOf(all, 'logit');
    expect(logit[0]).toBe(0);
    expect(logit.at(-1)).toBeGreaterThan(0);
  });
});

/** Bias with which the score of class 0 is a little below 0 on noise. */
const CLOSED = -2;

describe('the classes followed', () => {
  it('are the five most probable ones of every picture, or as many as there are', async () => {
    const all = await events({ class: 'water', iterations: 6, ...plain });
    const { columns, rows } = artifact(all, 'table', 'top-5');
    expect(columns).toEqual(['iteration', 'rank', 'class', 'label', 'probability']);
    expect(rows).toHaveLength(7 * 4);
    for (let i = 0; i <= 6; i++) {
      const own = rows.slice(4 * i, 4 * i + 4);
      const probabilities = own.map((row) => Number(row[4]));
      expect(own.map(([iteration, rank]) => [iteration, rank])).toEqual([1, 2, 3, 4].map((rank) => [i, rank]));
      expect([...probabilities].sort((a, b) => b - a)).toEqual(probabilities);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      const followed = own.find((row) => row[3] === 'water');
      if (i < 6) expect(followed?.[4]).toBe(seriesOf(all, 'probability')[i]);
    }
  });

  it('are drawn with their probabilities up to the last picture', async () => {
    const all = await events({ class: 'water', iterations: 6, ...plain });
    const { values: points } = artifact(all, 'plot', 'probabilities').plot.data as { values: { x: number; y: number; series: string }[] };
    expect(points.filter(({ x }) => x === 6).reduce((sum, { y }) => sum + y, 0)).toBeCloseTo(1, 9);
    expect(points[0]?.series).toBe('water (3)');
    const logit = artifact(all, 'plot', 'logit').plot.data as { values: { x: number; y: number }[] };
    expect(logit.values.map(({ y }) => y).slice(0, 6)).toEqual(seriesOf(all, 'logit'));
    expect(logit.values).toHaveLength(7);
  });
});

describe('a picture larger than the network takes', () => {
  it.each(['mean', 'max', 'centre'] as const)('is followed at the %s of the map of scores', async (positions) => {
    const options = { class: 1, positions, size: [20, 18] as [number, number], iterations: 8, ...plain };
    const all = await events(options, { model: () => modelOf(denseNetwork()) });
    const [logit, probability] = [seriesOf(all, 'logit'), seriesOf(all, 'probability')];
    expect(logit.at(-1)).toBeGreaterThan(logit[0] ?? 0);
    expect(probability.at(-1)).toBeGreaterThan(probability[0] ?? 0);
    expect(seriesOf(all, 'objective')).toEqual(logit.map((value) => expect.closeTo(value, 4)));
    expect(artifact(all, 'tensor', 'class-model').shape).toEqual([20, 18, 3]);
    expect(artifact(all, 'image', 'image').description).toMatch({ mean: /mean/, max: /strongest/, centre: /middle/ }[positions]);
  });

  it('has one position when the network pools everywhere, so that the choice of one has no effect', async () => {
    const all = await events({ class: 1, positions: 'max', size: [20, 18], iterations: 1 });
    expect(warnings(all)).toEqual([expect.stringContaining('--positions max has no effect')]);
  });
});

describe('a model that is no classifier', () => {
  it('works by index', async () => {
    const all = await events({ class: 3, iterations: 8, size: [9, 9], ...plain }, { model: () => bareModel(1) });
    const logit = seriesOf(all, 'logit');
    expect(logit.at(-1)).toBeGreaterThan(logit[0] ?? 0);
    expect(artifact(all, 'image', 'image').description).toMatch(/^class 3 after/);
    expect(artifact(all, 'table', 'top-5').rows[0]?.[3]).toBe('');
  });
});

describe('what cannot work', () => {
  it('is refused', async () => {
    await expect(events({ class: 'mountin' })).rejects.toMatchObject({ category: 'usage', message: expect.stringContaining('"mountain"') });
    await expect(events({ class: 4 })).rejects.toThrow(/0 to 3/);
    await expect(events({})).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: class-model: --start gaussian shows nothing of any class, so one has to be named; use --class with an index from 0 to 3 or a label, such as "sky", "cloud", "mountain" (--start input takes the most probable class of each input)]`,
    );
    await expect(events({ class: 1, size: [8, 8] }, { model: () => modelOf(denseNetwork()) })).rejects.toThrow(/8×8/);
    await expect(events({ class: 1, stepRule: 'fixed' })).rejects.toThrow(/--step-rule fixed needs --step/);
    expect(() => classModel({ positions: 'middle' as never })).toThrow(/positions/);
  });

  it('is a positive square of a negative score, which has no gradient', async () => {
    const scores = referenceForward(tinyNetwork(), { shape: [1, ...SHAPE], data: Float64Array.from(values) }).values.get('fc3')?.data ?? [];
    const negative = [...scores].findIndex((score) => score < 0);
    expect(negative).toBeGreaterThanOrEqual(0);
    const given = { class: negative, start: 'input', iterations: 5, ...plain } as const;
    const refused = events({ ...given, score: 'positive-squared' }, { inputs: [array()] });
    await expect(refused).rejects.toMatchObject({ code: 'dream/class-gradient', message: expect.stringContaining('use --score logit') });
    const squared = await events({ ...given, score: 'squared' }, { inputs: [array()] });
    expect(warnings(squared)).toEqual([expect.stringContaining('drives further down')]);
    expect(seriesOf(squared, 'logit').at(-1)).toBeLessThan(seriesOf(squared, 'logit')[0] ?? 0);
  });
});

const WEIGHTS = join(import.meta.dirname, '../../../models/weights/photonet/epoch-64.safetensors');

it('makes photonet sure of a class with its own settings', async ({ skip }) => {
  if (!existsSync(WEIGHTS)) skip(`${WEIGHTS} is not there`);
  const { name, network, input, labels } = decodeModelFile(await readFile(WEIGHTS), 'photonet');
  const model = () => createModel({ name, network, input, executor: createOnnxExecutor(), ...(labels && { labels }) });
  const all = await events({ class: 'ship', iterations: 40, frameEvery: 0 }, { model });
  const [logit, probability] = [seriesOf(all, 'logit'), seriesOf(all, 'probability')];
  expect(logit.at(-1)).toBeGreaterThan((logit[0] ?? 0) + 10);
  expect(probability.at(-1)).toBeGreaterThan(0.99);
  expect(artifact(all, 'table', 'top-5').rows).toHaveLength(41 * 5);
  const { description, unit, layer } = artifact(all, 'image', 'image');
  expect([unit, layer]).toEqual([8, 'fc5']);
  expect(description).toMatch(/^ship \(8\) after 40 iterations: .*An adversarial example/);
});
