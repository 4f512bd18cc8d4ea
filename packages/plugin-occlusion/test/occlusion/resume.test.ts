import '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import type { Model, Shape, VisualizerEvent } from '@featurescope/core';
import { arrayInput, memoryState, testContext } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { occlusion } from '../../src/occlusion/occlusion.js';
import { decodeState, encodeState } from '../../src/occlusion/state.js';
import { deepModel, wave } from './support/networks.js';
import { artifactsOf, type Options } from './support/run.js';

const shape: Shape = [9, 11, 2];
const inputs = ['first', 'second'].map((name, i) =>
  arrayInput(
    name,
    shape,
    wave(shape).map((value) => value * (i + 1) - i),
  ),
);

/** Artifacts by what tells them apart, with a digest of all they hold: comparing pictures element by element takes long. */
const digests = (events: readonly VisualizerEvent[]): [string, string][] =>
  artifactsOf(events).map((artifact) => {
    const text = JSON.stringify(artifact, (_, value: unknown) => (ArrayBuffer.isView(value) ? digest(value) : value));
    return [`${artifact.kind} ${artifact.name} ${artifact.input}`, digest(new TextEncoder().encode(text))];
  });

const digest = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');

describe('a run that is continued', () => {
  let model: Model;
  let passes = 0;
  beforeAll(async () => {
    const made = await deepModel(shape);
    const forward: Model['compiled']['forward'] = (...given) => {
      passes++;
      return made.compiled.forward(...given);
    };
    model = { ...made, compiled: { ...made.compiled, forward } as Model['compiled'] };
  });
  afterAll(() => model.dispose());

  /** A clock that lets every batch be saved. */
  const slowClock = () => {
    let now = 0;
    return { now: () => (now += 5000), wait: async () => undefined };
  };

  async function run(options: Options, state = memoryState(), killAfter = Number.POSITIVE_INFINITY) {
    passes = 0;
    let saves = 0;
    const killing = {
      load: state.load,
      save: (value: Uint8Array) => (saves++ < killAfter ? state.save(value) : Promise.reject(new Error('killed'))),
    };
    const { visualizer, options: checked } = occlusion(options);
    const context = { ...testContext({ model, inputs, state: killing }), clock: slowClock() };
    const events: VisualizerEvent[] = [];
    const died = await (async () => {
      for await (const event of visualizer.run(context, checked as never)) events.push(event);
    })().then(
      () => false,
      () => true,
    );
    return { events, passes, saves, died, state };
  }

  it.each<[string, Options]>([
    ['one window', { window: 4, stride: 3, batchSize: 5 }],
    [
      'several windows',
      {
        windows: [
          [3, 5],
          [6, 6],
        ],
        stride: 4,
        batchSize: 4,
        baseline: 'noise',
      },
    ],
    ['coarse to fine', { window: 3, stride: 1, refine: true, batchSize: 6 }],
  ])('inside a map gives the same bytes and makes no pass again: %s', async (_, options) => {
    const whole = await run(options);
    expect(whole.saves).toBeGreaterThan(6);
    const expected = new Map(digests(whole.events));
    for (const killAfter of [1, 3, whole.saves - 2]) {
      const first = await run(options, memoryState(), killAfter);
      expect(first.died).toBe(true);
      const second = await run(options, first.state);
      const merged = new Map([...digests(first.events), ...digests(second.events)]);
      expect(merged).toEqual(expected);
      expect(second.passes).toBeLessThan(whole.passes);
      const progress = second.events.flatMap((event) => (event.type === 'progress' ? [event.done / event.total] : []));
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      expect(progress.at(-1)).toBe(1);
    }
  });

  it('keeps what an earlier run had read when it is killed again', async () => {
    const options = { windows: [3, 4], stride: 1, batchSize: 5 };
    const whole = await run(options);
    const first = await run(options, memoryState(), whole.saves - 2);
    const second = await run(options, first.state, 1);
    expect([first.died, second.died]).toEqual([true, true]);
    const third = await run(options, second.state);
    expect(third.passes).toBeLessThan(whole.passes / 2);
    const merged = new Map([first, second, third].flatMap(({ events }) => digests(events)));
    expect(merged).toEqual(new Map(digests(whole.events)));
  });
});

describe('the saved state', () => {
  it('is read as it was written', () => {
    const readings = [3, 5].map((n) => ({
      scores: Float32Array.from({ length: n }, (_, i) => Math.sin(i)),
      activity: Float32Array.from({ length: n }, (_, i) => Math.cos(i)),
      classes: Float32Array.from({ length: n }, (_, i) => i),
      computed: Uint8Array.from({ length: n }, (_, i) => i % 2),
    }));
    expect(decodeState(encodeState({ finished: 2, readings }))).toEqual({ finished: 2, readings });
    expect(decodeState(encodeState({ finished: 1, readings: [] }))).toEqual({ finished: 1, readings: [] });
  });
});
