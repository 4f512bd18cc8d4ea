import '@tensorflow/tfjs';
import type { Artifact, Input, Model, VisualizerEvent } from '@featurescope/core';
import { arrayInput, bareModel, memoryState, pictureInput, syntheticPicture, testContext, tinyModel } from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dream } from '../../src/index.js';

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => void expect(memory().numTensors).toBe(before));

type Given = Parameters<typeof dream>[0];
type Context = Partial<Parameters<typeof testContext>[0]>;

const start = (model: Model, given: Given, context: Context): AsyncIterable<VisualizerEvent> => {
  const { visualizer, options } = dream(given);
  return visualizer.run(testContext({ model, ...context }), options as never);
};

async function collect(events: AsyncIterable<VisualizerEvent>, until = (_: VisualizerEvent) => false): Promise<VisualizerEvent[]> {
  const all: VisualizerEvent[] = [];
  for await (const event of events) {
    all.push(event);
    if (until(event)) break;
  }
  return all;
}

const artifacts = (all: readonly VisualizerEvent[]): Artifact[] =>
  all.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
const tensorOf = (all: readonly VisualizerEvent[]) => {
  const found = artifacts(all).find((artifact) => artifact.kind === 'tensor');
  if (found?.kind !== 'tensor') throw new Error('no tensor');
  return found;
};
const framesOf = (all: readonly VisualizerEvent[]) => {
  const found = artifacts(all).find((artifact) => artifact.kind === 'animation');
  return found?.kind === 'animation' ? found.frames : [];
};

const waves = (height: number, width: number, channels: number): Input =>
  arrayInput(
    'waves',
    [height, width, channels],
    Float32Array.from({ length: height * width * channels }, (_, i) => Math.sin(i)),
  );

describe('a dream of an array', () => {
  it.each([1, 3, 6])('of %i channels is not kept inside any range unless asked', async (channels) => {
    const model = await bareModel(channels);
    const options = { layers: ['conv'], iterations: 4, octaves: 2, jitter: 3, frameEvery: 1 };
    const inputs = [waves(9, 7, channels)];
    const free = await collect(start(model, options, { inputs }));
    expect(tensorOf(free).shape).toEqual([9, 7, channels]);
    expect(Math.min(...tensorOf(free).data)).toBeLessThan(-1);
    expect(framesOf(free).every(({ width, height }) => width === 7 && height === 9)).toBe(true);
    const inside = tensorOf(await collect(start(model, { ...options, clamp: true }, { inputs }))).data;
    expect(Math.min(...inside)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...inside)).toBeLessThanOrEqual(255);
    model.dispose();
  });
});

describe('a tiny picture', () => {
  it.each([
    [1, 1],
    [3, 1],
    [2, 5],
  ])('of %i×%i pixels is dreamt on, with more jitter than it has pixels', async (height, width) => {
    const model = await tinyModel();
    const inputs = [pictureInput('tiny', syntheticPicture(1, [height, width]))];
    const all = await collect(start(model, { layers: ['conv1'], iterations: 3, jitter: 4096 }, { inputs }));
    const { shape, data } = tensorOf(all);
    expect(shape).toEqual([height, width, 3]);
    expect(data.every(Number.isFinite)).toBe(true);
    model.dispose();
  });
});

describe('a dream that diverges', () => {
  const warningsOf = (all: readonly VisualizerEvent[]) => all.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

  it('keeps the last picture whose values are numbers, and says so', async () => {
    const model = await tinyModel();
    const loud: Given = { layers: ['conv2'], iterations: 20, octaves: 1, stepRule: 'fixed', step: 1e30, clamp: false, guard: false };
    const all = await collect(start(model, loud, { inputs: [waves(9, 7, 3)] }));
    expect(warningsOf(all)).toEqual([
      expect.stringMatching(/^dream: .*not numbers.*stopped after \d iterations.*smaller --step or --clamp$/),
    ]);
    expect(tensorOf(all).data.every(Number.isFinite)).toBe(true);
    const made = artifacts(all).find(({ name }) => name === 'image');
    expect(made?.description).toMatch(/^conv2 excited in 1 octave of 20 iterations, stopped after \d of 20$/);
    const objectives = all.flatMap((event) => (event.type === 'metric' ? [event.value] : []));
    expect(objectives.every(Number.isFinite)).toBe(true);
    expect(objectives.length).toBeLessThan(20);
    model.dispose();
  });

  it('stops when most of the picture is saturated, unless the guard is off', async () => {
    const model = await tinyModel();
    const inputs = [pictureInput('a', syntheticPicture(1, [12, 14]))];
    const loud: Given = { layers: ['conv2'], iterations: 30, octaves: 1, step: 200, jitter: 0, frameEvery: 0 };
    const guarded = await collect(start(model, loud, { inputs }));
    expect(warningsOf(guarded)).toEqual([expect.stringMatching(/ends of the range.*--no-guard/)]);
    const { min, max } = { min: -120 / 60, max: (255 - 100) / 60 };
    const inside = (data: Float32Array) => data.filter((value) => value > min && value < max).length / data.length;
    expect(inside(tensorOf(guarded).data)).toBeGreaterThan(0.9);
    const free = await collect(start(model, { ...loud, guard: false }, { inputs }));
    expect(warningsOf(free)).toEqual([]);
    expect(free.filter((event) => event.type === 'metric')).toHaveLength(30);
    model.dispose();
  });
});

it('keeps at most 60 pictures for the animation, evenly spaced up to the last', async () => {
  const model = await bareModel(1);
  const options = { layers: ['conv'], iterations: 130, octaves: 1, frameEvery: 1 };
  const all = await collect(start(model, options, { inputs: [waves(4, 4, 1)] }));
  const shown = all.flatMap((event) => (event.type === 'frame' ? [event.image] : []));
  expect(shown).toHaveLength(130);
  const kept = framesOf(all);
  expect(kept).toHaveLength(44);
  expect(kept.slice(-2)).toEqual([shown[126], shown[129]]);
  model.dispose();
});

describe('an interrupted dream', () => {
  const options: Given = { layers: ['relu1', 'conv2'], iterations: 11, octaves: 2, stepRule: 'adam', frameEvery: 3 };
  const inputs = [pictureInput('a', syntheticPicture(1, [5, 7])), pictureInput('b', syntheticPicture(2, [7, 5]))];
  const killedIn =
    (input: string, step: number) =>
    (event: VisualizerEvent): boolean =>
      event.type === 'metric' && event.input === input && event.step === step;

  it.each([
    ['a', 10],
    ['a', 14],
    ['b', 1],
    ['b', 12],
    ['b', 21],
  ])('of several inputs, killed in %s at step %i, ends with the same results', async (input, step) => {
    const model = await tinyModel();
    const whole = artifacts(await collect(start(model, options, { inputs })));
    const state = memoryState();
    const first = artifacts(await collect(start(model, options, { inputs, state }), killedIn(input, step)));
    const second = artifacts(await collect(start(model, options, { inputs, state })));
    const keyed = (list: readonly Artifact[]) => new Map(list.map((artifact) => [`${artifact.name} ${artifact.input}`, artifact]));
    expect(new Map([...keyed(first), ...keyed(second)])).toEqual(keyed(whole));
    model.dispose();
  });

  it('leaves no tensor behind when it is interrupted again at once', async () => {
    const model = await tinyModel();
    const state = memoryState();
    await collect(start(model, options, { inputs, state }), killedIn('a', 14));
    await collect(start(model, options, { inputs, state }), () => true);
    const unreadable = { ...inputs[0], tensor: () => Promise.reject(new Error('gone')) } as Input;
    await expect(collect(start(model, options, { inputs: [unreadable], state }))).rejects.toThrow('gone');
    model.dispose();
  });
});

it('dreams on noise in the pixel range of a network without preprocessing', async () => {
  const model = await bareModel(1);
  const all = await collect(start(model, { start: 'uniform', layers: ['conv'], iterations: 1, octaves: 1 }, { inputs: [] }));
  expect(Math.max(...tensorOf(all).data)).toBeGreaterThan(200);
  model.dispose();
});
