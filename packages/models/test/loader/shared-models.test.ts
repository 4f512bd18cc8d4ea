import { type Model, weightsHash } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { MODELS_FOLDER, sharedData, sharedModel } from '../shared.js';
import { firstDrawings, rasterise } from './drawings.js';
import { inputLoader, modelLoader } from './services.js';

const photo = (name: string) => sharedData(`photos/${name}`);
const [chelsea, coffee, rocket] = [photo('chelsea.png'), photo('coffee.png'), photo('rocket.jpg')];
const photos = chelsea && coffee && rocket;
const load = (name: string) => modelLoader({ env: { FEATURESCOPE_MODELS: MODELS_FOLDER } }).load(name);

/** Probabilities of a picture; a softmax is added to a network that gives logits. */
const probabilities = async (model: Model, path: string): Promise<readonly number[]> => {
  const [input] = await inputLoader.load([path]);
  const image = await input?.tensor(model.input);
  if (image === undefined) throw new Error('no picture');
  const name = model.probabilities ?? model.logits;
  const output = (await model.activations(image, [name])).get(name);
  const values = [...((await output?.data()) ?? [])];
  image.dispose();
  output?.dispose();
  if (model.probabilities !== undefined) return values;
  const most = Math.max(...values);
  const sum = values.reduce((total, value) => total + Math.exp(value - most), 0);
  return values.map((value) => Math.exp(value - most) / sum);
};

const strongest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

describe.skipIf(!photos || !sharedModel('squeezenet1.0/squeezenet1.0.onnx'))('squeezenet1.0', () => {
  it('recognises the photos as its description states', async () => {
    const model = await load('squeezenet1.0');
    expect(model.input).toEqual({
      size: [227, 227],
      channels: 3,
      fixedSize: false,
      preprocessing: { channelOrder: 'bgr', scale: 1, mean: [104, 117, 123], std: [1, 1, 1], resizeShortSide: 256 },
    });
    expect(model.logits).toBe('pool10');
    expect(model.labels?.[285]).toContain('Egyptian cat');
    const cat = await probabilities(model, chelsea ?? '');
    for (const [index, expected] of [
      [285, 0.5993],
      [282, 0.2016],
      [281, 0.1467],
      [287, 0.0356],
    ] as const) {
      expect(Math.abs((cat[index] ?? 0) - expected)).toBeLessThan(0.02);
    }
    expect((await probabilities(model, coffee ?? ''))[967]).toBeCloseTo(0.722, 1);
    expect(strongest(await probabilities(model, rocket ?? ''))).toBe(733);
    model.dispose();
  });
});

describe.skipIf(!photos || !sharedModel('tiny-darknet/model.json'))('tiny-darknet', () => {
  it('recognises the photos as its description states', async () => {
    const model = await load('tiny-darknet');
    expect(model.input).toEqual({
      size: [224, 224],
      channels: 3,
      fixedSize: false,
      preprocessing: { channelOrder: 'rgb', scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1], resizeShortSide: 224 },
    });
    expect(model.layers).toHaveLength(16 + 15 + 15 + 4 + 1);
    expect(model.layers.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(1_046_488);
    const cat = await probabilities(model, chelsea ?? '');
    for (const [index, expected] of [
      [7, 0.702],
      [173, 0.139],
      [54, 0.123],
    ] as const) {
      expect(Math.abs((cat[index] ?? 0) - expected)).toBeLessThan(0.02);
    }
    expect((await probabilities(model, coffee ?? ''))[946]).toBeCloseTo(0.879, 1);
    expect((await probabilities(model, rocket ?? ''))[698]).toBeCloseTo(0.792, 1);
    model.dispose();
  });
});

const drawings = sharedData('quickdraw-simplified-25/quickdraw-simplified-344x25.tar.gz');

describe.skipIf(!sharedModel('doodlenet/model.json'))('doodlenet', () => {
  it('has the layers and preprocessing that its description states', async () => {
    const model = await load('doodlenet');
    expect(model.input).toEqual({
      size: [28, 28],
      channels: 1,
      fixedSize: true,
      preprocessing: { channelOrder: 'grey', scale: 1 / 255, mean: [0], std: [1], invert: true },
    });
    expect(model.layers.map(({ name }) => name)).toEqual([
      ...['conv2d', 'conv2d/relu', 'conv2d_1', 'conv2d_1/relu', 'max_pooling2d'],
      ...['conv2d_2', 'conv2d_2/relu', 'conv2d_3', 'conv2d_3/relu', 'max_pooling2d_1'],
      ...['conv2d_4', 'conv2d_4/relu', 'conv2d_5', 'conv2d_5/relu', 'max_pooling2d_2'],
      ...['dropout', 'flatten', 'dense', 'dense/tanh', 'dense_1', 'dense_1/softmax'],
    ]);
    expect(model.layers.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(544_201);
    expect([model.logits, model.probabilities]).toEqual(['dense_1', 'dense_1/softmax']);
    expect(model.labels?.slice(0, 3)).toEqual(['flashlight', 'belt', 'mushroom']);
    expect(model.sha256).toBe(await weightsHash(model.network));
    model.dispose();
  });

  it.skipIf(!drawings)('recognises as many drawings as its description states', async () => {
    const model = await load('doodlenet');
    const shown = firstDrawings(drawings ?? '');
    const pixels = await Promise.all(shown.map(rasterise));
    const image = tf.tensor4d(Float32Array.from(pixels.flatMap((values) => [...values])), [shown.length, 28, 28, 1]);
    const name = model.probabilities ?? '';
    const output = (await model.activations(image, [name])).get(name);
    const classes = await output?.reshape([shown.length, 345]).argMax(1).data();
    const right = shown.filter(({ word }, i) => model.labels?.[classes?.[i] ?? -1] === word.replaceAll(' ', '_')).length;
    // 68.7 % over all drawings; one standard deviation is 2.5 % for 344 of them.
    expect(right / shown.length).toBeGreaterThan(0.62);
    expect(right / shown.length).toBeLessThan(0.76);
    model.dispose();
  });
});
