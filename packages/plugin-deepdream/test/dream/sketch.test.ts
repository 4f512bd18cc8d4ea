import '@tensorflow/tfjs';
import { type Image, type InputSpec, type Model, planeSheet } from '@featurescope/core';
import { arrayInput, bareModel, pictureInput, syntheticPicture, testVisualizer } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { around, conv, relu } from '../../../core/src/testing/conformance/table.js';
import { dream } from '../../src/index.js';
import { artifactsOf, chain, events, type Given, imageOf, modelOf, seriesOf, tensorOf, wavy } from './support.js';

const given: Given = {
  layers: ['conv'],
  iterations: 6,
  octaves: 2,
  jitter: 2,
  clamp: [-1, 1],
  decay: 0.02,
  blurEvery: 3,
  step: 0.1,
  frameEvery: 1,
};
const inputs = (channels: number) => [arrayInput('strokes', [9, 13, channels], wavy(9 * 13 * channels))];

testVisualizer(dream, { describe, it, options: given, createModel: () => bareModel(1) });
testVisualizer(dream, { describe, it, options: { ...given, start: 'gaussian' }, createModel: () => bareModel(6) });

/** A sketch network of the seed: grey levels from −1 to 1. */
const SKETCHES: InputSpec = {
  size: [12, 10],
  channels: 1,
  fixedSize: false,
  preprocessing: { channelOrder: 'grey', scale: 2 / 255, mean: [1], std: [1] },
};
const sketchModel = (): Promise<Model> => modelOf(chain([conv(3, 4, { name: 'conv', padding: around(1) }), relu()], [12, 10, 1]), SKETCHES);
testVisualizer(dream, { describe, it, options: { ...given, clamp: undefined }, createModel: sketchModel });

const framesOf = (all: Awaited<ReturnType<typeof events>>): Image[] =>
  all.flatMap((event) => (event.type === 'frame' ? [event.image] : []));
const shades = ({ data }: Image): number => new Set(data).size;

describe('a dream of sketches', () => {
  it.each([1, 6])('of %i channels stays in the range given, and is seen', async (channels) => {
    const model = await bareModel(channels);
    const all = await events(model, given, { inputs: inputs(channels) });
    const { data, shape } = tensorOf(all);
    expect(shape).toEqual([9, 13, channels]);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
    const pictures = [imageOf(all, 'input'), imageOf(all), ...framesOf(all).slice(-6)];
    for (const picture of pictures) {
      expect([picture.height, picture.width, picture.channels]).toEqual([9, 13, 1]);
      expect(shades(picture)).toBeGreaterThan(20);
    }
    model.dispose();
  });

  it('of six channels shows each of them', async () => {
    const model = await bareModel(6);
    const all = await events(model, given, { inputs: inputs(6) });
    const labels = ['0', '1', '2', '3', '4', '5'];
    expect(imageOf(all, 'planes')).toEqual(planeSheet(tensorOf(all).data, [9, 13, 6], { shared: true, labels }));
    model.dispose();
  });

  it('of one channel or three has no sheet of them', async () => {
    const model = await bareModel(1);
    const names = artifactsOf(await events(model, given, { inputs: inputs(1) })).map(({ name }) => name);
    expect(names).toEqual(['input', 'image', 'dream', 'objective', 'animation']);
    model.dispose();
  });

  it('takes grey pictures from −1 to 1 and gives them back so', async () => {
    const model = await sketchModel();
    const picture = pictureInput('sketch', syntheticPicture(1, [14, 11]));
    const all = await events(model, { layers: ['conv'], octaves: 1, iterations: 4, jitter: 0, frameEvery: 0 }, { inputs: [picture] });
    const { data } = tensorOf(all);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
    imageOf(all).data.forEach((byte, i) => void expect(byte).toBe(Math.round(((data[i] ?? Number.NaN) + 1) * 127.5)));
    const objective = seriesOf(all, 'objective');
    expect(objective.at(-1)).toBeGreaterThan(objective[0] ?? Number.NaN);
    model.dispose();
  });

  it('starts from noise in the range of a pixel', async () => {
    const model = await sketchModel();
    const all = await events(
      model,
      { start: 'uniform', layers: ['conv'], octaves: 1, iterations: 1, step: 1e-6, frameEvery: 0 },
      { inputs: [] },
    );
    const { data, shape } = tensorOf(all);
    expect(shape).toEqual([12, 10, 1]);
    expect(Math.min(...data)).toBeLessThan(-0.8);
    expect(Math.max(...data)).toBeGreaterThan(0.8);
    model.dispose();
  });
});
