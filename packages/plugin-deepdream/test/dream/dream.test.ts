import '@tensorflow/tfjs';
import { GRADIENT, type VisualizerEvent } from '@featurescope/core';
import {
  arrayInput,
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
import { describe, expect, it } from 'vitest';
import { dream } from '../../src/index.js';

testVisualizer(dream, { describe, it, options: { layers: ['relu1', 'conv2'], iterations: 3, octaves: 2, jitter: 2 } });
testVisualizer(dream, { describe, it, options: { start: 'uniform', stepRule: 'adam', iterations: 12, octaves: 1, frameEvery: 0 } });

type Given = Parameters<typeof dream>[0];

async function events(given: Given, inputs = [array()]): Promise<VisualizerEvent[]> {
  const model = await tinyModel();
  const all: VisualizerEvent[] = [];
  const { visualizer, options } = dream(given);
  for await (const event of visualizer.run(testContext({ model, inputs }), options as never)) all.push(event);
  return all;
}

const SHAPE = [11, 14, 3] as const;
const values = Float32Array.from({ length: 11 * 14 * 3 }, (_, i) => Math.sin(i * 0.7));
const array = () => arrayInput('array', SHAPE, values);

const objective = (all: readonly VisualizerEvent[]): number[] =>
  all.flatMap((event) => (event.type === 'metric' && event.series === 'objective' ? [event.value] : []));

function result(all: readonly VisualizerEvent[]): Float32Array {
  for (const event of all) if (event.type === 'artifact' && event.artifact.kind === 'tensor') return event.artifact.data;
  throw new Error('no tensor');
}

describe('dream', () => {
  it('takes the steps x ← x + η · 2 Σ w a ∂a/∂x, as computed in double precision', async () => {
    const [step, weight] = [1e-3, 0.5];
    const all = await events({
      layers: ['conv2', 'relu1'],
      weights: [1, weight],
      iterations: 4,
      octaves: 1,
      jitter: 0,
      step,
      stepRule: 'fixed',
      clamp: false,
    });
    const network = tinyNetwork();
    const terms = [
      { layer: 'conv2', form: 'squares', weight: 1 },
      { layer: 'relu1', form: 'squares', weight },
    ] as const;
    let x = Float64Array.from(values);
    const expected: number[] = [];
    for (let i = 0; i < 4; i++) {
      const pass = referenceForward(network, { shape: [1, ...SHAPE], data: x });
      const squares = (layer: string) => Array.from(pass.values.get(layer)?.data ?? []).reduce((sum, a) => sum + a * a, 0);
      expected.push(squares('conv2') + weight * squares('relu1'));
      const gradient = referenceBackward(pass, termSeeds(pass, terms), GRADIENT).data;
      x = x.map((value, j) => value + step * (gradient[j] ?? 0));
    }
    expect(objective(all)).toHaveLength(4);
    objective(all).forEach((value, i) => void expect(value / (expected[i] ?? 0)).toBeCloseTo(1, 5));
    result(all).forEach((value, i) => void expect(value).toBeCloseTo(x[i] ?? 0, 4));
  });

  it('gives one objective value for each iteration, and the objective grows', async () => {
    const series = objective(await events({ layers: ['relu2'], iterations: 10, octaves: 2, jitter: 0 }));
    expect(series).toHaveLength(20);
    expect(series.at(-1)).toBeGreaterThan(series[10] ?? 0);
  });

  it('does not depend on the scale of the objective when steps are divided by the mean gradient', async () => {
    const options = { layers: ['conv2'], iterations: 5, octaves: 1 };
    const [once, half] = [result(await events(options)), result(await events({ ...options, objectiveScale: 0.5 }))];
    once.forEach((value, i) => void expect(half[i]).toBeCloseTo(value, 4));
  });

  it('keeps the picture inside the pixel range unless told not to', async () => {
    const loud = { layers: ['conv2'], iterations: 30, octaves: 1, step: 5 };
    const inside = result(await events(loud, [pictureInput('picture', syntheticPicture(1, [12, 10]))]));
    expect(Math.max(...inside)).toBeLessThanOrEqual((255 - 100) / 60 + 1e-5);
    expect(Math.min(...inside)).toBeGreaterThanOrEqual(-120 / 60 - 1e-5);
    const free = result(await events({ ...loud, clamp: false }, [pictureInput('picture', syntheticPicture(1, [12, 10]))]));
    expect(Math.max(...free)).toBeGreaterThan(3);
  });

  it('leaves out octaves that are too small for the layer, and says so', async () => {
    const all = await events({ layers: ['conv2'], iterations: 1, octaves: 6, octaveScale: 2.5 });
    expect(objective(all).length).toBeLessThan(6);
    expect(all.some((event) => event.type === 'warning' && event.message.includes('octaves'))).toBe(true);
  });

  it('refuses what cannot work', async () => {
    await expect(events({ stepRule: 'fixed' })).rejects.toThrow(/--step-rule fixed needs --step/);
    await expect(events({ layers: ['relu1'], weights: [1, 2] })).rejects.toThrow(/^dream: 2 weights for 1 layers/);
    await expect(events({ layers: ['rellu1'] })).rejects.toThrow(/relu1/);
    await expect(events({}, [])).rejects.toThrow(/--start uniform/);
    expect(() => dream({ octaveScale: 1 })).toThrow(/octaveScale|octave-scale/);
  });
});

describe('the size to work at', () => {
  const picture = () => pictureInput('picture', syntheticPicture(1, [20, 30]));
  const shapeOf = (all: readonly VisualizerEvent[]) =>
    all.flatMap((event) => (event.type === 'artifact' && event.artifact.kind === 'tensor' ? [event.artifact.shape] : []))[0];

  it('is that of the input, the one given, or has the longer side given', async () => {
    const short = { layers: ['relu1'], iterations: 1, octaves: 1 };
    expect(shapeOf(await events(short, [picture()]))).toEqual([20, 30, 3]);
    expect(shapeOf(await events({ ...short, size: [17, 13] }, [picture()]))).toEqual([17, 13, 3]);
    expect(shapeOf(await events({ ...short, longSide: 15 }, [picture()]))).toEqual([10, 15, 3]);
    await expect(events({ ...short, size: [17, 13], longSide: 15 }, [picture()])).rejects.toThrow(/--long-side/);
  });

  it('says so when it, or the inputs, have no effect', async () => {
    const warnings = async (given: Given): Promise<string[]> =>
      (await events(given)).flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    const short = { layers: ['relu1'], iterations: 1, octaves: 1 };
    expect(await warnings({ ...short, size: [17, 13] })).toEqual([
      expect.stringContaining('do not apply to arrays, which are fed as they are: array'),
    ]);
    expect(await warnings({ ...short, start: 'uniform' })).toEqual([expect.stringContaining('inputs are not used')]);
    expect(await warnings(short)).toEqual([]);
  });
});
