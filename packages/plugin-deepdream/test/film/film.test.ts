import '@tensorflow/tfjs';
import type { Artifact, Input, VisualizerEvent } from '@featurescope/core';
import {
  arrayInput,
  memoryState,
  pictureInput,
  syntheticPicture,
  testContext,
  testVisualizer,
  tinyModel,
} from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { film } from '../../src/film/film.js';
import { dream } from '../../src/index.js';
import { zoomed } from '../../src/loop/resample.js';

const options = { layers: ['relu1'], frames: 3, iterations: 2, octaves: 2, jitter: 2 };
testVisualizer(film, { describe, it, options });

const shape = [11, 14, 3] as const;
const array = (values: Float32Array) => arrayInput('array', shape, values);
const values = Float32Array.from({ length: 11 * 14 * 3 }, (_, i) => Math.sin(i * 0.7));

type Factory = typeof film | typeof dream;

async function artifacts(factory: Factory, given: object, input = array(values), files: readonly Input[] = []): Promise<Artifact[]> {
  const model = await tinyModel();
  const { visualizer, options: parsed } = factory(given);
  const events: VisualizerEvent[] = [];
  for await (const event of visualizer.run(testContext({ model, inputs: [input], files }), parsed as never)) events.push(event);
  model.dispose();
  return events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
}

const tensor = (all: readonly Artifact[]): Float32Array => {
  const found = all.find(({ kind }) => kind === 'tensor');
  if (found?.kind !== 'tensor') throw new Error('no tensor');
  return found.data;
};

describe('film', () => {
  it('dreams on the enlarged frame before', async () => {
    const plain = { layers: ['conv2'], iterations: 2, octaves: 1, jitter: 0, step: 0.1 };
    const last = tensor(await artifacts(film, { ...plain, frames: 2, zoom: 0.2 }));
    const first = tensor(await artifacts(dream, plain));
    const enlarged = zoomed({ shape: [1, ...shape], data: first }, 1.25).data;
    const expected = tensor(await artifacts(dream, plain, array(enlarged)));
    last.forEach((value, i) => void expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5));
  });

  it('is planned once: the guide is read once for all frames', async () => {
    const guide = pictureInput('guide', syntheticPicture(1, [9, 9]));
    let read = 0;
    const files = [{ ...guide, tensor: (...of: Parameters<Input['tensor']>) => guide.tensor(...of).finally(() => read++) }];
    const all = await artifacts(film, { ...options, guide: 'guide.png' }, array(values), files);
    expect(all.filter(({ name }) => name.startsWith('frame-'))).toHaveLength(3);
    expect(read).toBe(1);
  });

  it('names itself in errors, as a dream does', async () => {
    const tiny = pictureInput('tiny', syntheticPicture(1, [1, 1]));
    await expect(artifacts(film, { stepRule: 'fixed' })).rejects.toThrow(/^film: --step-rule fixed/);
    await expect(artifacts(dream, { stepRule: 'fixed' })).rejects.toThrow(/^dream: --step-rule fixed/);
    await expect(artifacts(film, { stepRule: 'fixed', cycle: ['conv1'] })).rejects.toThrow(/^film: --step-rule fixed/);
    await expect(artifacts(film, { layers: ['prob'] }, tiny)).rejects.toThrow(/^film: a picture of 1×1/);
  });

  it('gives every frame, and the animation of all', async () => {
    const all = await artifacts(film, { ...options, animation: 'gif' });
    expect(all.filter(({ name }) => name.startsWith('frame-')).map(({ name }) => name)).toEqual(['frame-0001', 'frame-0002', 'frame-0003']);
    const animation = all.find(({ kind }) => kind === 'animation');
    expect(animation).toMatchObject({ name: 'film', format: 'gif' });
    expect(animation?.kind === 'animation' && animation.frames).toHaveLength(3);
  });

  it.each([3, 9, 17])('killed after %i metrics, ends with the same film', async (after) => {
    const model = await tinyModel();
    const state = memoryState();
    const { visualizer, options: parsed } = film({ ...options, iterations: 3, frames: 4 });
    const run = () => visualizer.run(testContext({ model, inputs: [array(values)], state }), parsed as never);
    const kept = new Map<string, Artifact>();
    let metrics = 0;
    for await (const event of run()) {
      if (event.type === 'artifact') kept.set(event.artifact.name, event.artifact);
      if (event.type === 'metric' && ++metrics === after) break;
    }
    for await (const event of run()) if (event.type === 'artifact') kept.set(event.artifact.name, event.artifact);
    const whole = await artifacts(film, { ...options, iterations: 3, frames: 4 });
    expect([...kept.values()]).toEqual(whole);
    model.dispose();
  });
});

describe('zoomed', () => {
  it('keeps the centre and a constant picture, and shows the middle', () => {
    const ramp = { shape: [1, 1, 9, 1] as const, data: Float32Array.from({ length: 9 }, (_, i) => i) };
    const middle = zoomed(ramp, 2).data;
    expect(middle[4]).toBe(4);
    expect(middle[0]).toBeCloseTo(2, 6);
    expect(middle[8]).toBeCloseTo(6, 6);
    expect(zoomed(ramp, 1).data).toEqual(ramp.data);
  });
});
