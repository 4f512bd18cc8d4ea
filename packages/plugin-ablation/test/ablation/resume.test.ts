import '@tensorflow/tfjs';
import { encodeSafetensors, type RunContext, trainNetwork, type VisualizerEvent } from '@featurescope/core';
import { memoryState, referenceExecutor } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { collect, events, lines } from './world.js';

/** Saves its state in the middle of epochs, since 20 seconds go by at each look at the clock. */
const slowly = (): Pick<RunContext, 'train'> => {
  let seconds = 0;
  const clock = { now: () => 20_000 * seconds++ };
  return { train: (plan, job) => trainNetwork(plan, { ...job, executor: referenceExecutor, clock }) };
};

const results = (all: readonly VisualizerEvent[]) =>
  new Map(
    all.flatMap((event) => (event.type === 'artifact' ? [[`${event.artifact.kind} ${event.artifact.name}`, event.artifact] as const] : [])),
  );

const metrics = (all: readonly VisualizerEvent[]) => all.filter(({ type }) => type === 'metric');

describe('an ablation that was killed', () => {
  it('ends with the same results wherever it was killed', async () => {
    const seeds = [2];
    const whole = await collect({ seeds }, slowly());
    const measured = metrics(whole).length;
    const left: number[] = [];
    for (const epochs of [0, 1, 2, 3]) {
      const state = memoryState();
      // Killed two steps of progress behind the end of an epoch.
      let [ended, since] = [0, 0];
      for await (const event of events({ seeds }, { ...slowly(), state })) {
        if (event.type === 'metric' && event.series.endsWith(': loss')) ended++;
        else if (event.type === 'progress' && ended === epochs && !event.label?.startsWith('reading') && ++since > 2) break;
      }
      expect(state.saved).toBeDefined();
      const rest = await collect({ seeds }, { ...slowly(), state });
      expect(results(rest)).toEqual(results(whole));
      left.push(metrics(rest).length / measured);
    }
    // Of two variants with two epochs each there was less and less to do.
    expect(left).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it('does not train again what was trained', async () => {
    const state = memoryState();
    await collect({}, { state });
    const never: Pick<RunContext, 'train'> = {
      train: () => {
        throw new Error('trained again');
      },
    };
    expect(results(await collect({}, { ...never, state }))).toEqual(results(await collect()));
  });

  it('saves its state when it is cancelled, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const cancelling = new AbortController();
    const state = memoryState();
    const train: RunContext['train'] = (plan, job) =>
      trainNetwork(plan, { ...job, executor: referenceExecutor, clock: { now: () => 0 }, signal: cancelling.signal });
    const run = async () => {
      for await (const event of events({}, { signal: cancelling.signal, train, state }))
        if (event.type === 'metric' && event.series.startsWith('without 2')) cancelling.abort();
    };
    await expect(run()).rejects.toMatchObject({ name: 'AbortError' });
    expect(state.saved).toBeDefined();
    expect(tf.memory().numTensors).toBe(before);
    const rest = await collect({}, { state });
    expect(results(rest)).toEqual(results(await collect()));
  });

  it('stops its training when nobody listens any more', async () => {
    let closed = false;
    const train: RunContext['train'] = async function* (plan, job) {
      try {
        yield* trainNetwork(plan, { ...job, executor: referenceExecutor, clock: { now: () => 0 } });
      } finally {
        closed = true;
      }
    };
    for await (const event of events({}, { train })) if (event.type === 'metric') break;
    expect(closed).toBe(true);
  });

  it.each([
    ['seeds', { seeds: [1, 3] }, {}],
    ['options', { learningRate: 0.5 }, {}],
    ['variants', { variants: ['base'] }, {}],
    ['pictures', {}, { dataset: lines(12, 2) }],
  ])('refuses the state of other %s', async (_what, given, change) => {
    const state = memoryState();
    await collect({}, { state });
    await expect(collect(given, { ...change, state })).rejects.toMatchObject({
      code: 'ablation/state',
      message:
        'ablation: the saved state belongs to other variants, seeds, pictures or options. Start again without --resume, or in another output folder.',
    });
  });

  it.each([[{}], [{ journal: 'no json' }], [{ journal: '{"fingerprint":1}' }]])(
    'refuses a state that is none of its own: %j',
    async (metadata) => {
      const state = memoryState();
      await state.save(encodeSafetensors(new Map(), { metadata }));
      await expect(collect({}, { state })).rejects.toMatchObject({ code: 'ablation/state' });
    },
  );
});
