import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Config, type RunEvent, run } from '../../src/index.js';
import { MemoryArtifactStore, testContainer, tinyModel } from '../../src/testing/index.js';
import { config, contents, emptyScene, events, manifest, outline, picture, scene, start, table, visualizer, walk } from './scenario.js';

let before = 0;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  emptyScene();
});
afterEach(() => void expect(tf.memory().numTensors).toBe(before));

describe('cancelling', () => {
  it('by unsubscribing leaves a manifest that says so', async () => {
    await new Promise<void>((resolve) => {
      const subscription = start(config([walk(50), walk(2)])).subscribe((event) => {
        if (event.type === 'progress' && event.done === 3) {
          subscription.unsubscribe();
          resolve();
        }
      });
    });
    await vi.waitFor(() => expect(scene.store.closed).toBe(true));
    expect(manifest().status).toBe('cancelled');
    expect(manifest().runs.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(scene.store.events.at(-1)).toMatchObject({ type: 'run-finished', status: 'cancelled' });
  });

  it('by a signal ends the stream in good order', async () => {
    const cancelling = new AbortController();
    const list: RunEvent[] = [];
    await new Promise<void>((resolve) => {
      run(config([walk(50)]), testContainer({ store: scene.store }), { signal: cancelling.signal }).subscribe({
        next: (event) => {
          list.push(event);
          if (list.length === 5) cancelling.abort();
        },
        complete: resolve,
      });
    });
    expect(list.at(-1)).toMatchObject({ type: 'run-finished', status: 'cancelled', failed: 0 });
  });
});

describe('resuming', () => {
  /** A run that is killed after its n-th event: nothing is tidied up. */
  async function killed(c: Config, n: number): Promise<void> {
    const frozen = new MemoryArtifactStore();
    let count = 0;
    await new Promise<void>((resolve) => {
      const subscription = run(c, testContainer({ store: scene.store })).subscribe(() => {
        if (++count < n) return;
        frozen.manifests.push(...scene.store.manifests);
        for (const [path, artifact] of scene.store.artifacts) frozen.artifacts.set(path, artifact);
        for (const [folder, bytes] of scene.store.states) frozen.states.set(folder, bytes);
        frozen.events = [...scene.store.events];
        subscription.unsubscribe();
        resolve();
      });
    });
    await vi.waitFor(() => expect(scene.store.closed).toBe(true));
    scene.store = frozen;
  }

  it.each([2, 4, 6, 9, 11, 13, 15])('after a kill at event %i ends with the same bytes', async (n) => {
    const c = config([walk(4), picture(), walk(2)], { seed: 5 });
    await events(c);
    const whole = contents();
    emptyScene();
    await killed(c, n);
    const { startedAt } = manifest();
    await events({ ...c, resume: true });
    expect(contents()).toEqual(whole);
    expect(manifest()).toMatchObject({ status: 'done', startedAt });
    expect(manifest().runs.map(({ artifacts }) => artifacts.length)).toEqual([5, 1, 3]);
    expect(scene.store.states.size).toBe(0);
  });

  it('skips what is done and runs what failed again', async () => {
    const flaky = { works: false };
    const sometimes = visualizer('sometimes', async function* () {
      if (!flaky.works) throw new Error('not today');
      yield table('t', [[1]]);
    });
    const c = config([walk(1), sometimes()]);
    await events(c);
    flaky.works = true;
    const list = await events({ ...c, resume: true });
    expect(outline(list)).toEqual([
      'run-started',
      'walk visualizer-skipped',
      'sometimes visualizer-started',
      'sometimes artifact',
      'sometimes visualizer-finished',
      'run-finished',
    ]);
    expect(manifest().runs.map(({ status, error }) => [status, error])).toEqual([
      ['done', undefined],
      ['done', undefined],
    ]);
    expect(scene.store.events.length).toBeGreaterThan(list.length);
  });

  it('starts afresh without an earlier run, and whenever it is not asked to resume', async () => {
    const c = config([walk(2)]);
    expect((await events({ ...c, resume: true })).at(-1)).toMatchObject({ status: 'done' });
    const again = await events(c);
    expect(outline(again)).toContain('walk visualizer-started');
    expect(scene.store.events).toEqual(again);
  });

  it('says what differs from the earlier run', async () => {
    await events(config([walk(2), picture()], { seed: 1 }));
    await expect(events(config([walk(3), picture()], { seed: 2, resume: true }))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [FeaturescopeError: The run in memory cannot be resumed, since it was started differently:
        seed: 1 before, 2 now
        visualizers.0.options.steps: 2 before, 3 now
      Resume it with what it was started with, choose another output folder, or start afresh without resuming.]
    `);
    const other = () => tinyModel().then((model) => ({ ...model, name: 'another' }));
    await expect(events(config([walk(2), picture()], { resume: true }), { loadModel: other })).rejects.toThrow(
      /model\.name: "tiny" before, "another" now/,
    );
    expect(manifest().status).toBe('done');
  });
});
