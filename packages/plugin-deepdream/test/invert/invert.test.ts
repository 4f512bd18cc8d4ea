import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createModel, createRandom, decodeModelFile, type InputSpec, type Model } from '@featurescope/core';
import { pictureInput, referenceExecutor, testVisualizer, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '../../../runtime/src/onnx/index.js';
import { invert } from '../../src/invert/invert.js';
import { startPicture } from '../../src/invert/start.js';
import { RMS, referenceLoss } from './reference.js';
import { array, distance, events, type Given, picture, SHAPE, SPEC, series, tensor, values } from './support.js';

testVisualizer(invert, { describe, it, options: { layer: 'relu1', iterations: 6, repeats: 2, frameEvery: 2 } });
testVisualizer(invert, {
  describe,
  it,
  options: { layer: 'conv2', neighbourhood: 2, iterations: 12, stepRule: 'adam', start: 'uniform', clamp: true, schedule: [1] },
});

describe('the descent', () => {
  it('is m ← 0.9 m − rate · σ² · ∇loss, x ← x + m in grey levels, with m back at 0 when the rate changes, as computed in double precision', async () => {
    const network = tinyNetwork();
    const create = () => createModel({ name: 'tiny', network, input: SPEC, executor: referenceExecutor });
    const penalties = { tvWeight: 5, tvBeta: 2, alphaWeight: 8e-10, alpha: 6 };
    const all = await events(
      { layer: 'conv2', iterations: 8, step: 0.01, schedule: [1, 0.2], shares: [5, 3], stepLimit: 0, ...penalties },
      [array()],
      create,
    );
    const shape = [1, ...SHAPE] as const;
    const wanted = { shape: [...shape] as [number, number, number, number], data: Float64Array.from(values) };
    const start = startPicture({ start: 'gaussian', startDeviation: RMS }, SPEC, shape, createRandom(1).fork('start/0'));
    let x = Float64Array.from(start.data);
    let m = new Float64Array(x.length);
    const [losses, errors]: [number[], number[]] = [[], []];
    const perLevel = [60, 40, 80];
    for (let i = 0; i < 8; i++) {
      if (i === 5) m = new Float64Array(x.length);
      const { value, error, gradient } = referenceLoss(
        { network, spec: SPEC, layer: 'conv2', wanted, ...penalties },
        { ...wanted, data: x },
      );
      losses.push(value);
      errors.push(error);
      const rate = 0.01 * (i < 5 ? 1 : 0.2) * RMS ** 2 * x.length;
      // In grey levels: the gradient is divided by the levels of an input unit, and what it moves is levels again.
      m = m.map((before, j) => 0.9 * before - rate * ((gradient[j] ?? 0) / (perLevel[j % 3] ?? 1)));
      x = x.map((value, j) => value + (m[j] ?? 0) / (perLevel[j % 3] ?? 1));
    }
    expect(series(all, 'loss')).toHaveLength(8);
    series(all, 'loss').forEach((value, i) => void expect(value / (losses[i] ?? 0)).toBeCloseTo(1, 4));
    expect(series(all, 'relative-error')).toHaveLength(8);
    series(all, 'relative-error').forEach((value, i) => void expect(value / (errors[i] ?? 0)).toBeCloseTo(1, 4));
    expect(distance(tensor(all), x)).toBeLessThan(1e-4);
    expect(losses[0]).toBeGreaterThan((losses[7] ?? 0) * 1.2);
  });

  it('has one value for each iteration of loss, relative-error and objective, and no other series', async () => {
    const all = await events({ layer: 'relu1', iterations: 7 });
    const names = new Set(all.flatMap((event) => (event.type === 'metric' ? [event.series] : [])));
    expect([...names].sort()).toEqual(['loss', 'objective', 'relative-error']);
    for (const name of names) expect(series(all, name)).toHaveLength(7);
    series(all, 'objective').forEach((value, i) => void expect(-value).toBe(series(all, 'loss')[i]));
  });

  it('does the same whatever the unit of the input is', async () => {
    const options: Given = { layer: 'relu1', iterations: 12 };
    const tiny = await events(options, [picture()]);
    const inLevels = async (): Promise<Model> => {
      const network = tinyNetwork();
      const weights = new Map(
        [...network.weights].map(([name, weight]) =>
          name.startsWith('conv1/kernel') || name === 'conv1/weight'
            ? [name, { ...weight, data: weight.data.map((w) => w / 60) }]
            : [name, weight],
        ),
      );
      const input: InputSpec = { ...SPEC, preprocessing: { channelOrder: 'rgb', scale: 1, mean: [120, 110, 100], std: [1, 1, 1] } };
      return createModel({
        name: 'levels',
        network: { ...network, weights: weights as typeof network.weights },
        input,
        executor: referenceExecutor,
      });
    };
    const levels = await events(options, [picture()], inLevels);
    expect(
      distance(
        tensor(levels),
        tensor(tiny).map((value) => value * 60),
      ),
    ).toBeLessThan(1e-4);
    expect(series(levels, 'loss').at(-1)).toBeCloseTo(series(tiny, 'loss').at(-1) ?? 0, 4);
  });

  it.each(['momentum', 'fixed', 'adam', 'mean-gradient'] as const)(
    'brings the loss of a shallow layer below 5 % of its start by %s',
    async (stepRule) => {
      const options: Given = {
        layer: 'relu1',
        iterations: 300,
        schedule: [1, 0.1],
        shares: [4, 1],
        stepRule,
        tvWeight: 0.02,
        alphaWeight: 1e-11,
      };
      const loss = series(await events(options, [picture()], () => tinyModel(createOnnxExecutor())), 'loss');
      expect(loss.at(-1)).toBeLessThan(0.05 * (loss[0] ?? 0));
    },
  );

  it('finds the picture again where a layer is linear and loses nothing', async () => {
    const options: Given = { layer: 'conv1', iterations: 500, tvWeight: 0, alphaWeight: 0, schedule: [1], step: 0.02 };
    const [input] = [picture()];
    const all = await events(options, [input], () => tinyModel(createOnnxExecutor()));
    const wanted = await input.tensor((await tinyModel()).input);
    expect(distance(tensor(all), await wanted.data())).toBeLessThan(0.02);
    wanted.dispose();
    expect(series(all, 'relative-error').at(-1)).toBeLessThan(1e-3);
  });

  it('moves the picture by no more than the limit on average with one gradient', async () => {
    const moved = async (stepLimit: number): Promise<number> => {
      const found = tensor(await events({ layer: 'relu1', iterations: 1, schedule: [1], step: 5, start: 'flat', stepLimit }));
      return found.reduce((sum, value) => sum + Math.abs(value) * 60, 0) / found.length;
    };
    const free = await moved(0);
    expect(free).toBeGreaterThan(20);
    expect(await moved(3)).toBeCloseTo(3, 4);
    expect(await moved(2 * free)).toBeCloseTo(free, 3);
  });

  it('leaves alone what a neighbourhood does not see', async () => {
    const options: Given = { layer: 'conv1', neighbourhood: 2, iterations: 10, tvWeight: 0, alphaWeight: 0, step: 0.02 };
    const start = startPicture(
      { start: 'gaussian', startDeviation: RMS },
      (await tinyModel()).input,
      [1, ...SHAPE],
      createRandom(1).fork('start/0'),
    );
    const changed = new Set<string>();
    tensor(await events(options)).forEach((value, i) => {
      if (value !== start.data[i]) changed.add(`${Math.floor(i / 42)},${Math.floor(i / 3) % 14}`);
    });
    // The central 2×2 of 11×14 begin at 4, 6; a 3×3 convolution sees one more on each side.
    const seen = Array.from({ length: 16 }, (_, i) => `${3 + Math.floor(i / 4)},${5 + (i % 4)}`);
    expect([...changed].sort()).toEqual(seen.sort());
  });
});

const PHOTONET = join(import.meta.dirname, '../../../models/weights/photonet/epoch-64.safetensors');

describe.skipIf(!existsSync(PHOTONET))('the bundled photonet', () => {
  it('gives its input back from the first layer', async () => {
    const { network, input } = decodeModelFile(await readFile(PHOTONET), PHOTONET);
    const create = () => createModel({ name: 'photonet', network, input, executor: createOnnxExecutor() });
    const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => 120 + 70 * Math.sin((i % 96) / 20 + (i % 3)) * Math.cos(i / 800));
    const photo = pictureInput('photo', { width: 32, height: 32, channels: 3, data });
    const all = await events({ layer: 'relu1', iterations: 120, step: 0.02 }, [photo], create);
    const loss = series(all, 'loss');
    expect(loss.at(-1)).toBeLessThan(0.05 * (loss[0] ?? 0));
    const wanted = await photo.tensor(input);
    expect(distance(tensor(all), await wanted.data())).toBeLessThan(0.2);
    wanted.dispose();
  });
});
