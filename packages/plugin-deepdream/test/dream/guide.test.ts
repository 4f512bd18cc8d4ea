import '@tensorflow/tfjs';
import {
  arrayInput,
  pictureInput,
  type ReferenceTerm,
  syntheticPicture,
  testVisualizer,
  tinyModel,
  tinyNetwork,
} from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { dream } from '../../src/index.js';
import { canvasOf } from '../../src/loop/start.js';
import { doubles, events, type Given, handActivations, handGradient, relativeError, seriesOf, tensorOf, wavy } from './support.js';

const options: Given = { layers: ['relu1', 'conv2'], iterations: 3, octaves: 2, jitter: 2, guide: 'wide.png' };
testVisualizer(dream, { describe, it, options });
testVisualizer(dream, { describe, it, options: { ...options, guideMatch: 'max', guideMix: 0.5, tileSize: [8, 8], tileOverlap: 2 } });

const SHAPE = [11, 14, 3] as const;
const FOUR = [1, ...SHAPE] as const;
const values = wavy(11 * 14 * 3);
const guideValues = wavy(11 * 14 * 3, 5);
const same = arrayInput('same', SHAPE, guideValues);
const small = arrayInput('small', [6, 9, 3], wavy(6 * 9 * 3, 7));
const files = [same, small, pictureInput('photo', syntheticPicture(3, [20, 24])), pictureInput('thread', syntheticPicture(4, [1, 40]))];
const STEP = 1e-3;
const quiet: Given = { layers: ['conv2'], octaves: 1, jitter: 0, step: STEP, stepRule: 'fixed', clamp: false, frameEvery: 0 };

const run = async (given: Given, inputs = [arrayInput('array', SHAPE, values)], seed = 1) => {
  const model = await tinyModel();
  const before = memory().numTensors;
  try {
    const all = await events(model, given, { inputs, files, seed });
    expect(memory().numTensors).toBe(before);
    return all;
  } finally {
    model.dispose();
  }
};

/** x ← x + η · gradient of the terms, in double precision. */
function byHand(terms: readonly ReferenceTerm[], iterations: number, sign = 1) {
  const network = tinyNetwork();
  const objective: number[] = [];
  let x = Float64Array.from(values);
  for (let i = 0; i < iterations; i++) {
    const { value, gradient } = handGradient(network, doubles(FOUR, x), terms);
    objective.push(sign * value);
    x = x.map((old, j) => old + sign * STEP * (gradient[j] ?? Number.NaN));
  }
  return { x, objective };
}

const expectClose = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => void expect(value / (expected[i] ?? Number.NaN)).toBeCloseTo(1, 4));
};

const expectFalling = (series: readonly number[], length: number) => {
  expect(series).toHaveLength(length);
  for (let i = 1; i < length; i++) expect(series[i]).toBeLessThan(series[i - 1] ?? Number.NaN);
};

const activations = (layer: string) => handActivations(tinyNetwork(), doubles(FOUR, guideValues), layer);
const ofSmall = (layer: string) => handActivations(tinyNetwork(), doubles([1, 6, 9, 3], wavy(6 * 9 * 3, 7)), layer);

describe('a dream guided by the dot product', () => {
  it('follows the activations of the guide, as computed in double precision', async () => {
    const all = await run({ ...quiet, layers: ['conv2', 'relu1'], weights: [1, 0.5], iterations: 3, guide: 'same.npy' });
    const { x, objective } = byHand(
      [
        { layer: 'conv2', form: { dot: activations('conv2') }, weight: 1 },
        { layer: 'relu1', form: { dot: activations('relu1') }, weight: 0.5 },
      ],
      3,
    );
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
    expectClose(seriesOf(all, 'objective'), objective);
  });

  it('goes down when told to', async () => {
    const all = await run({ ...quiet, iterations: 4, guide: 'same.npy', minimise: true });
    const { x } = byHand([{ layer: 'conv2', form: { dot: activations('conv2') }, weight: 1 }], 4, -1);
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
    expectFalling(seriesOf(all, 'dot(conv2)'), 4);
  });

  it('mixes with the plain objective, and reports both terms', async () => {
    const all = await run({ ...quiet, iterations: 2, guide: 'same.npy', guideMix: 0.25 });
    const dot = { layer: 'conv2', form: { dot: activations('conv2') }, weight: 0.75 } as const;
    const { x, objective } = byHand([dot, { layer: 'conv2', form: 'squares', weight: 0.25 }], 2);
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
    expectClose(seriesOf(all, 'objective'), objective);
    const [dots, squares] = [seriesOf(all, 'dot(conv2)'), seriesOf(all, 'l2(conv2)')];
    expectClose(
      dots.map((value, i) => 0.75 * value + 0.25 * (squares[i] ?? Number.NaN)),
      objective,
    );
  });

  it('reports both terms when one has no weight', async () => {
    const all = await run({ ...quiet, iterations: 2, guide: 'same.npy' });
    expect(seriesOf(all, 'dot(conv2)')).toHaveLength(2);
    expect(seriesOf(all, 'l2(conv2)')).toEqual([expect.toSatisfy((value) => value > 0), expect.toSatisfy((value) => value > 0)]);
  });

  it('resizes a picture to every octave', async () => {
    const all = await run({ ...quiet, iterations: 1, octaves: 3, guide: 'photo.png' });
    expect(seriesOf(all, 'dot(conv2)')).toHaveLength(3);
  });

  it('is guided where the guide lies, whatever the jitter', async () => {
    // The terms are the same when picture and guide are shifted together, since the network is blind to place but for its border and pool.
    const still = await run({ ...quiet, layers: ['conv1'], iterations: 1, guide: 'same.npy' });
    const moved = await run({ ...quiet, layers: ['conv1'], iterations: 1, jitter: 2, guide: 'same.npy' }, undefined, 2);
    const [a, b] = [tensorOf(still).data, tensorOf(moved).data];
    const inside = (data: Float32Array) => Array.from(data).filter((_, i) => isInside(Math.floor(i / 3), 6));
    expect(a).not.toEqual(b);
    expect(relativeError(inside(b), inside(a), inside(values))).toBeLessThan(1e-4);
  });

  it('wants an array of the size of the picture', async () => {
    await expect(run({ ...quiet, guide: 'small.npy', iterations: 1 })).rejects.toThrow(/6×9.*11×14.*--guide-match max/);
    expect(seriesOf(await run({ ...quiet, guide: 'small.npy', guideMatch: 'max', iterations: 1 }), 'objective')).toHaveLength(1);
  });

  it('says that a guide is not there', async () => {
    await expect(run({ ...quiet, guide: 'nowhere.png', iterations: 1 })).rejects.toThrow(/nowhere\.png/);
  });
});

/** Whether a pixel of an 11×14 picture is farther than `margin`, minus one, from rows and columns that jitter can bring to a border. */
function isInside(pixel: number, margin: number): boolean {
  const [y, x] = [Math.floor(pixel / 14), pixel % 14];
  return y >= margin - 1 && y <= 11 - margin && x >= margin && x < 14 - margin;
}

describe('a dream guided by the best match', () => {
  it('follows at each position the column of the guide with the largest dot product', async () => {
    const all = await run({ ...quiet, iterations: 3, guide: 'small.npy', guideMatch: 'max' });
    const { x, objective } = byHand([{ layer: 'conv2', form: { match: ofSmall('conv2') }, weight: 1 }], 3);
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
    expectClose(seriesOf(all, 'max-dot(conv2)'), objective);
  });

  it('goes down when told to', async () => {
    const all = await run({ ...quiet, iterations: 4, guide: 'small.npy', guideMatch: 'max', minimise: true });
    expectFalling(seriesOf(all, 'max-dot(conv2)'), 4);
  });

  it('takes a guide so narrow that a side would vanish as it is made as long as the picture', async () => {
    const all = await run({ ...quiet, layers: ['conv1'], iterations: 1, guide: 'thread.png', guideMatch: 'max' });
    expect(seriesOf(all, 'max-dot(conv1)')).toHaveLength(1);
  });

  it('takes a guide larger than the picture, at most as long as it', async () => {
    const model = await tinyModel();
    const photo = pictureInput('photo', syntheticPicture(3, [20, 24]));
    const seen = await canvasOf(photo, model.input, [Math.round((20 * 14) / 24), 14]);
    model.dispose();
    const form = { match: handActivations(tinyNetwork(), doubles([1, seen.shape[1], seen.shape[2], 3], seen.data), 'conv2') };
    const all = await run({ ...quiet, iterations: 1, guide: 'photo.png', guideMatch: 'max' });
    const { x } = byHand([{ layer: 'conv2', form, weight: 1 }], 1);
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
  });
});
