import '@tensorflow/tfjs';
import { createRandom, type Image, type VisualizerEvent } from '@featurescope/core';
import { memoryCodec, memoryState, pictureInput, syntheticPicture, tinyModel } from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Canvas } from '../../src/loop/canvas.js';
import type { Course, Stage } from '../../src/loop/course.js';
import type { Evaluation } from '../../src/loop/evaluation.js';
import { restore } from '../../src/loop/journal.js';
import { type Optimised, optimise } from '../../src/loop/optimise.js';
import { stepRule } from '../../src/loop/step-rules.js';
import { decay } from '../../src/regularisers/decay.js';
import { events, type Given, landscape, photonet, seriesOf, start, tensorOf } from '../dream/support.js';

const context = (state = memoryState(), signal = new AbortController().signal) => ({
  random: createRandom(1),
  signal,
  state,
  codec: memoryCodec,
});

const canvas = (...values: number[]): Canvas => ({ shape: [1, 1, values.length, 1], data: Float32Array.from(values) });

/** Value Σ x, gradient 1. */
const rising = async ({ shape, data }: Canvas): Promise<Evaluation> => ({
  value: data.reduce((sum, value) => sum + value, 0),
  series: new Map(),
  gradient: { shape, data: new Float32Array(data.length).fill(1) },
});

const stage = (iterations: number, more: Partial<Stage> = {}): Stage => ({
  label: 'part',
  iterations,
  begin: async (before) => before ?? canvas(0, 0),
  phases: [{ step: [1], evaluate: rising }],
  ...more,
});

const picture: Image = { width: 1, height: 1, channels: 1, data: Uint8Array.of(0) };
const course = (stages: readonly Stage[], more: Partial<Course> = {}): Course => ({
  label: 'a',
  stages,
  rule: stepRule('fixed'),
  regularisers: [],
  picture: async () => picture,
  frameEvery: 0,
  frameSize: [1, 1],
  ...more,
});

async function finished(run: AsyncGenerator<VisualizerEvent, Optimised>): Promise<{ result: Optimised; all: VisualizerEvent[] }> {
  const all: VisualizerEvent[] = [];
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { result: value, all };
    all.push(value);
  }
}

describe('the loop', () => {
  it('goes through stages, phases and regularisers in their order', async () => {
    const phases = [
      { step: [1], evaluate: rising },
      { step: [10], evaluate: rising },
    ];
    const regularisers = [{ ...decay(0.5), every: 2 }];
    const { result } = await finished(
      optimise(context(), course([stage(2, { phases }), stage(1)], { regularisers }), { index: 0, total: 1 }),
    );
    // 0 → 1 → 11 → (12 → 6 → 16 → 8) → 9
    expect([...result.canvas.data]).toEqual([9, 9]);
    expect(result.series.get('objective')).toEqual([0 + 2, 22 + 12, 16]);
    expect(result.iterations).toBe(3);
  });

  it('counts the iterations of all stages, and those before the course, to every k-th one', async () => {
    const regularisers = [{ ...decay(0.5), every: 3 }];
    const run = async (more: Partial<Course>) =>
      (await finished(optimise(context(), course([stage(2), stage(2)], { regularisers, ...more }), { index: 0, total: 1 }))).result.canvas;
    // 0 → 1 → 2 → (3 → 1.5) → 2.5
    expect([...(await run({})).data]).toEqual([2.5, 2.5]);
    // 0 → (1 → 0.5) → 1.5 → 2.5 → (3.5 → 1.75)
    expect([...(await run({ iterationsBefore: 2 })).data]).toEqual([1.75, 1.75]);
    expect([...(await run({ stepsBefore: 2 })).data]).toEqual([2.5, 2.5]);
  });

  it('leaves the picture that a stage begins with as it is', async () => {
    const given = canvas(1, 2);
    await finished(optimise(context(), course([stage(5, { begin: async () => given })]), { index: 0, total: 1 }));
    expect([...given.data]).toEqual([1, 2]);
  });

  it('closes each stage once, when it is over or given up', async () => {
    const closed: string[] = [];
    const named = (label: string, more: Partial<Stage> = {}) => stage(2, { label, close: () => void closed.push(label), ...more });
    const order: string[][] = [];
    const second = named('second', {
      begin: async (before) => {
        order.push([...closed]);
        return before ?? canvas(0);
      },
    });
    await finished(optimise(context(), course([named('first'), second]), { index: 0, total: 1 }));
    expect(order).toEqual([['first']]);
    expect(closed).toEqual(['first', 'second']);
    closed.length = 0;
    const failing = named('failing', { begin: () => Promise.reject(new Error('planned')) });
    await expect(finished(optimise(context(), course([named('first'), failing, named('last')]), { index: 0, total: 1 }))).rejects.toThrow(
      'planned',
    );
    expect(closed).toEqual(['first', 'failing', 'last']);
  });

  it('stops with the picture before one that is not finite', async () => {
    const before = memory().numTensors;
    const evaluate = async (of: Canvas): Promise<Evaluation> => {
      const blown = (of.data[0] ?? 0) >= 2 ? Number.POSITIVE_INFINITY : 1;
      return { ...(await rising(of)), gradient: canvas(blown, 1) };
    };
    const { result } = await finished(
      optimise(context(), course([stage(9, { phases: [{ step: [1], evaluate }] })]), { index: 0, total: 1 }),
    );
    expect(result.divergence).toBe('non-finite');
    expect([...result.canvas.data]).toEqual([2, 2]);
    expect(result.iterations).toBe(2);
    expect(memory().numTensors).toBe(before);
  });

  it('goes back one more where not even the objective of a picture is finite', async () => {
    const evaluate = async (of: Canvas): Promise<Evaluation> => ({ ...(await rising(of)), value: (of.data[0] ?? 0) >= 3 ? Number.NaN : 1 });
    const { result } = await finished(
      optimise(context(), course([stage(9, { phases: [{ step: [1], evaluate }] })]), { index: 0, total: 1 }),
    );
    expect(result.divergence).toBe('non-finite');
    expect([...result.canvas.data]).toEqual([2, 2]);
    expect(result.iterations).toBe(2);
    expect(result.series.get('objective')).toEqual([1, 1, 1]);
  });

  it('stops with the picture before one that is saturated', async () => {
    const guard = { min: [0], max: [3] };
    const { result } = await finished(
      optimise(context(), course([stage(9, { begin: async () => canvas(0.5, 0.5) })], { guard }), { index: 0, total: 1 }),
    );
    expect(result.divergence).toBe('saturated');
    expect([...result.canvas.data]).toEqual([2.5, 2.5]);
  });

  it('goes on from any recording to the same end', async () => {
    const states: Uint8Array[] = [];
    const state = memoryState();
    const recording = { load: state.load, save: async (value: Uint8Array) => void states.push(value.slice()) };
    const made = () => course([stage(25), stage(12)], { rule: stepRule('adam') });
    const whole = await finished(optimise({ ...context(), state: recording }, made(), { index: 0, total: 1 }));
    expect(states.length).toBeGreaterThan(3);
    for (const saved of states) {
      const again = memoryState();
      again.saved = saved;
      const progress = await restore(again);
      const { result } = await finished(optimise(context(again), made(), { index: 0, total: 1 }, progress));
      expect(result.canvas).toEqual(whole.result.canvas);
      expect(result.series).toEqual(whole.result.series);
    }
  });
});

describe('a run whose objective is no number at some step', () => {
  it('ends alike from any recording', async () => {
    const evaluate = async (of: Canvas): Promise<Evaluation> => ({
      ...(await rising(of)),
      value: (of.data[0] ?? 0) >= 20 ? Number.NaN : 1,
    });
    const made = () => course([stage(40, { phases: [{ step: [1], evaluate }] })]);
    const states: Uint8Array[] = [];
    const state = { load: async () => undefined, save: async (value: Uint8Array) => void states.push(value.slice()) };
    const whole = await finished(optimise({ ...context(), state }, made(), { index: 0, total: 1 }));
    expect(whole.result.divergence).toBe('non-finite');
    expect(states.length).toBeGreaterThan(1);
    for (const saved of states) {
      const again = memoryState();
      again.saved = saved;
      const { result } = await finished(optimise(context(again), made(), { index: 0, total: 1 }, await restore(again)));
      expect([result.canvas, result.iterations]).toEqual([whole.result.canvas, whole.result.iterations]);
    }
  });
});

describe('a thousand iterations', () => {
  it('hold as many tensors at the end as at the beginning, and give the same bytes again', async () => {
    const model = await tinyModel();
    const inputs = [pictureInput('a', syntheticPicture(1, [9, 8]))];
    const given: Given = {
      layers: ['relu1'],
      octaves: 1,
      iterations: 1000,
      jitter: 3,
      stepRule: 'adam',
      step: 0.01,
      decay: 0.001,
      blurEvery: 7,
      guard: false,
      frameEvery: 100,
    };
    const counts = new Set<number>();
    let first: Float32Array | undefined;
    for (let round = 0; round < 2; round++) {
      const all: VisualizerEvent[] = [];
      for await (const event of start(model, given, { inputs })) {
        if (event.type === 'metric' && event.step % 100 === 50) counts.add(memory().numTensors);
        all.push(event);
      }
      expect(seriesOf(all, 'objective')).toHaveLength(1000);
      first ??= tensorOf(all).data;
      expect(tensorOf(all).data).toEqual(first);
    }
    expect(counts.size).toBe(1);
    model.dispose();
  });
});

describe('photonet', () => {
  it.each([
    ['a landscape', () => landscape(64, 80)],
    ['waves', async () => syntheticPicture('photonet', [48, 56])],
  ] as const)('is excited by the default options, on %s', async (_, draw) => {
    const model = await photonet();
    const all = await events(model, { frameEvery: 0 }, { inputs: [pictureInput('picture', await draw())] });
    const objective = seriesOf(all, 'objective');
    expect(objective).toHaveLength(40);
    const about = (from: number) => objective.slice(from, from + 3).reduce((sum, value) => sum + value, 0);
    for (const octave of [0, 1, 2, 3]) expect(about(10 * octave + 7), `octave ${octave}`).toBeGreaterThan(1.1 * about(10 * octave));
    expect(about(37)).toBeGreaterThan(10 * about(0));
    model.dispose();
  });
});
