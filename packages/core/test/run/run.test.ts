import * as tf from '@tensorflow/tfjs';
import { lastValueFrom, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  type Config,
  type ConfiguredVisualizer,
  defineVisualizer,
  FeaturescopeError,
  l2Norm,
  type Manifest,
  type RunContext,
  type RunEvent,
  run,
  type VisualizerEvent,
} from '../../src/index.js';
import { MemoryArtifactStore, testContainer, tinyModel } from '../../src/testing/index.js';

const options = z.strictObject({ steps: z.number().int().min(1).default(4).describe('Steps') });

const visualizer = (
  name: string,
  body: (context: RunContext, steps: number) => AsyncIterable<VisualizerEvent>,
): ((steps?: number) => ConfiguredVisualizer) => {
  const factory = defineVisualizer({ name, summary: name, options, run: (context, { steps }) => body(context, steps) });
  return (steps) => factory(steps === undefined ? {} : { steps });
};

const table = (name: string, rows: readonly (readonly (string | number | boolean)[])[]): VisualizerEvent => ({
  type: 'artifact',
  artifact: { kind: 'table', name, columns: ['value'], rows },
});

/** Counts on random numbers, saves its state at every step, and reports everything at its end. */
const walk = visualizer('walk', async function* ({ random, state, signal }, steps) {
  const saved = await state.load();
  const rows = saved ? (JSON.parse(new TextDecoder().decode(saved)) as number[][]) : [];
  for (let step = rows.length; step < steps; step++) {
    if (signal.aborted) return;
    rows.push([random.fork(step).uniform()]);
    yield table(`step-${step}`, [rows.at(-1) ?? []]);
    await state.save(new TextEncoder().encode(JSON.stringify(rows)));
    yield { type: 'progress', done: step + 1, total: steps };
  }
  yield table('walk', rows);
});

const broken = visualizer('broken', async function* () {
  yield { type: 'progress', done: 1, total: 2 };
  throw new Error('it broke');
});

const wrongUse = visualizer('wrong-use', async function* ({ model }) {
  yield { type: 'progress', done: 0, total: 1 };
  model.layer('conv7');
});

const leaky = visualizer('leaky', async function* () {
  leaked = tf.scalar(1);
  yield { type: 'progress', done: 1, total: 1 };
});

const picture = visualizer('picture', async function* ({ model, inputs }) {
  const [input] = inputs;
  const image = await input?.tensor(model.input);
  if (!image || !input) return;
  const { value, gradient } = await model.gradient(image, l2Norm('conv2'));
  tf.dispose([image, gradient]);
  yield { type: 'metric', series: 'l2', step: 0, value };
  yield { type: 'frame', step: 0, image: { width: 1, height: 1, channels: 1, data: Uint8Array.of(7) } };
  yield {
    type: 'artifact',
    artifact: { kind: 'image', name: 'grey', input: input.name, image: { width: 1, height: 1, channels: 1, data: Uint8Array.of(7) } },
  };
});

let leaked: tf.Tensor | undefined;
let before = 0;
let store: MemoryArtifactStore;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  store = new MemoryArtifactStore();
});
afterEach(() => {
  leaked?.dispose();
  leaked = undefined;
  expect(tf.memory().numTensors).toBe(before);
});

const config = (visualizers: readonly ConfiguredVisualizer[], more: Partial<Config> = {}): Config => ({
  inputs: ['x'],
  visualizers,
  ...more,
});
const start = (c: Config, more: Parameters<typeof testContainer>[0] = {}) => run(c, testContainer({ store, ...more }));
const events = (c: Config, more: Parameters<typeof testContainer>[0] = {}): Promise<RunEvent[]> =>
  lastValueFrom(start(c, more).pipe(toArray()));
const manifest = (): Manifest => JSON.parse(store.manifests.at(-1) ?? '') as Manifest;
const outline = (list: readonly RunEvent[]): string[] =>
  list.map((event) => ('visualizer' in event ? `${event.visualizer} ${event.type}` : event.type));
const contents = (): unknown[] => [...store.artifacts].map(([path, { artifact }]) => [path, artifact]);

describe('a run', () => {
  it('yields the events of its visualizers in order, with artifacts on disk', async () => {
    const list = await events(config([walk(1), picture()]));
    expect(outline(list)).toEqual([
      'run-started',
      'walk visualizer-started',
      'walk artifact',
      'walk progress',
      'walk artifact',
      'walk visualizer-finished',
      'picture visualizer-started',
      'picture metric',
      'picture frame',
      'picture artifact',
      'picture visualizer-finished',
      'run-finished',
    ]);
    expect([...store.artifacts.keys()]).toEqual(['01-walk/step-0.csv', '01-walk/walk.csv', '02-picture/grey.wide.png']);
    expect(list.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
    expect(store.events).toEqual(list);
    expect(store.closed).toBe(true);
  });

  it('leaves a manifest that says everything', async () => {
    await events(config([picture()], { seed: 7, model: 'tiny', out: 'somewhere' }));
    const { model, runs, startedAt, ...rest } = manifest();
    expect(model).toEqual({ name: 'tiny', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(rest).toMatchInlineSnapshot(`
      {
        "config": {
          "inputs": [
            "x",
          ],
          "model": "tiny",
          "runtime": "auto",
          "seed": 7,
          "visualizers": [
            {
              "options": {},
              "visualizer": "picture",
            },
          ],
        },
        "featurescope": "0.1.0",
        "runtime": {
          "executor": "reference",
          "tensors": "cpu",
        },
        "schemaVersion": 1,
        "seed": 7,
        "status": "done",
      }
    `);
    expect(new Date(startedAt).toISOString()).toBe(startedAt);
    expect(runs).toEqual([
      {
        visualizer: 'picture',
        options: { steps: 4 },
        status: 'done',
        startedAt: expect.any(String),
        durationMs: expect.any(Number),
        artifacts: [{ name: 'grey', kind: 'image', input: 'wide', path: '01-picture/grey.wide.png' }],
      },
    ]);
  });

  it('has a manifest before the first event, and one that parses at any time', async () => {
    let seen = 0;
    const stream = start(config([walk(2), picture()]));
    await new Promise<void>((resolve) =>
      stream.subscribe({
        next: () => {
          seen ||= store.manifests.length;
        },
        complete: resolve,
      }),
    );
    expect(seen).toBeGreaterThan(0);
    expect(store.manifests.map((text) => (JSON.parse(text) as Manifest).status).slice(0, -1)).not.toContain('done');
  });

  it('writes how a picture was made into it', async () => {
    await events(config([picture()], { seed: 3 }));
    const provenance = store.artifacts.get('01-picture/grey.wide.png')?.provenance;
    expect(provenance?.['Software']).toMatch(/^Featurescope \d/);
    expect(JSON.parse(provenance?.['featurescope'] ?? '')).toMatchObject({
      model: { name: 'tiny' },
      visualizer: 'picture',
      options: { steps: 4 },
      seed: 3,
    });
  });

  it('is cold: nothing happens before somebody listens, and each listener has a run of its own', async () => {
    const stream = start(config([walk(1)]));
    expect(store.manifests).toEqual([]);
    const [first, second] = [await lastValueFrom(stream.pipe(toArray())), await lastValueFrom(stream.pipe(toArray()))];
    expect(outline(first)).toEqual(outline(second));
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const results: unknown[] = [];
    for (const seed of [1, 1, 2]) {
      store = new MemoryArtifactStore();
      await events(config([walk()], { seed }));
      results.push(contents());
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).not.toEqual(results[2]);
  });

  it('goes on after a visualizer that fails', async () => {
    const list = await events(config([broken(), wrongUse(), walk(1)]));
    expect(list.at(-1)).toMatchObject({ status: 'failed', failed: 2 });
    expect(manifest().runs.map(({ status, error }) => [status, error?.slice(0, 34)])).toEqual([
      ['failed', 'it broke'],
      ['failed', 'The network has no layer "conv7". '],
      ['done', undefined],
    ]);
    const finished = list.filter((event) => event.type === 'visualizer-finished');
    expect(finished.map((event) => ('errorCategory' in event ? event.errorCategory : undefined))).toEqual(['failure', 'usage', undefined]);
  });

  it('warns of tensors left behind', async () => {
    const list = await events(config([leaky()]));
    expect(list.find((event) => event.type === 'warning')).toMatchObject({ message: expect.stringContaining('left 1 tensor behind') });
  });

  it('warns of artifacts that replace each other', async () => {
    const twice = visualizer('twice', async function* () {
      yield table('same', [[1]]);
      yield table('same', [[2]]);
    });
    const list = await events(config([twice()]));
    expect(list.find((event) => event.type === 'warning')).toMatchObject({
      message: expect.stringContaining('01-twice/same.csv was written twice'),
    });
    expect(manifest().runs[0]?.artifacts).toHaveLength(1);
  });

  it('tells reporters of the host and of plugins, and survives their failures', async () => {
    const heard: string[] = [];
    const reporter = { name: 'host', onEvent: (event: RunEvent, { status }: Manifest) => void heard.push(`${event.type} ${status}`) };
    const failing = { name: 'failing', onEvent: () => Promise.reject(new Error('no')) };
    const { REPORTERS } = await import('../../src/index.js');
    const plugin = {
      name: 'p',
      register: (c: import('tsyringe').DependencyContainer) => void c.register(REPORTERS, { useValue: failing }),
    };
    await events(config([walk(1)], { plugins: [plugin] }), { reporters: [reporter] });
    expect(heard[0]).toBe('run-started running');
    expect(heard.at(-1)).toBe('run-finished done');
  });
});

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
    await vi.waitFor(() => expect(store.closed).toBe(true));
    expect(manifest().status).toBe('cancelled');
    expect(manifest().runs.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(store.events.at(-1)).toMatchObject({ type: 'run-finished', status: 'cancelled' });
  });

  it('by a signal ends the stream in good order', async () => {
    const cancelling = new AbortController();
    const list: RunEvent[] = [];
    await new Promise<void>((resolve) => {
      run(config([walk(50)]), testContainer({ store }), { signal: cancelling.signal }).subscribe({
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
      const subscription = run(c, testContainer({ store })).subscribe(() => {
        if (++count < n) return;
        frozen.manifests.push(...store.manifests);
        for (const [path, artifact] of store.artifacts) frozen.artifacts.set(path, artifact);
        for (const [folder, bytes] of store.states) frozen.states.set(folder, bytes);
        frozen.events = [...store.events];
        subscription.unsubscribe();
        resolve();
      });
    });
    await vi.waitFor(() => expect(store.closed).toBe(true));
    store = frozen;
  }

  it.each([2, 4, 6, 9, 11, 13, 15])('after a kill at event %i ends with the same bytes', async (n) => {
    const c = config([walk(4), picture(), walk(2)], { seed: 5 });
    await events(c);
    const whole = contents();
    store = new MemoryArtifactStore();
    await killed(c, n);
    const { startedAt } = manifest();
    await events({ ...c, resume: true });
    expect(contents()).toEqual(whole);
    expect(manifest()).toMatchObject({ status: 'done', startedAt });
    expect(manifest().runs.map(({ artifacts }) => artifacts.length)).toEqual([5, 1, 3]);
    expect(store.states.size).toBe(0);
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
    expect(store.events.length).toBeGreaterThan(list.length);
  });

  it('starts afresh without an earlier run, and whenever it is not asked to resume', async () => {
    const c = config([walk(2)]);
    expect((await events({ ...c, resume: true })).at(-1)).toMatchObject({ status: 'done' });
    const again = await events(c);
    expect(outline(again)).toContain('walk visualizer-started');
    expect(store.events).toEqual(again);
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

describe('what keeps a run from starting', () => {
  const failure = async (c: unknown, more = {}): Promise<string> => {
    const error = await events(c as Config, more).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FeaturescopeError);
    expect(store.manifests).toEqual([]);
    return (error as Error).message;
  };

  it('is a config that is not valid', async () => {
    expect(await failure({ visualizers: [], sed: 3, seed: -1, runtime: 'gpu' })).toMatchInlineSnapshot(`
      "The config is not valid:
        "seed": given -1, expected a number of at least 0.
        "runtime": given "gpu", expected "auto", "tensorflow", "webgpu", "onnx", "wasm" or "cpu". Did you mean "webgpu"?
        "visualizers": given [], expected at least 1 element.
        "sed" is not known. Did you mean "seed", "out" or "model"?"
    `);
    expect(await failure(config([walk as never]))).toMatchInlineSnapshot(`
      "The config is not valid:
        visualizers[0]: given a visualizer without options; call it, for example with ()."
    `);
    expect(await failure(config([{} as never]))).toMatchInlineSnapshot(`
      "The config is not valid:
        visualizers[0]: expected what a visualizer such as dream({ … }) returns."
    `);
    expect(await failure(config([walk()], { plugins: ['p'] }))).toMatchInlineSnapshot(
      `"The plugin "p" is given by name, which only the command line can load: import the module and give the plugin itself."`,
    );
    expect(await failure(config([walk()], { inputs: [] }))).toMatchInlineSnapshot(
      `"walk needs inputs, but none were given: name pictures, .npy arrays, folders or globs."`,
    );
  });

  it('is a model that does not exist', async () => {
    const loadModel = () => Promise.reject(new FeaturescopeError('x', 'no such model'));
    expect(await failure(config([walk()]), { loadModel })).toBe('no such model');
  });

  it('shows in the folder when loading the model takes long', async () => {
    const loadModel = async () => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      throw new FeaturescopeError('x', 'the download failed');
    };
    await expect(events(config([walk()], { model: 'big' }), { loadModel })).rejects.toThrow('the download failed');
    expect(store.manifests.map((text) => (JSON.parse(text) as Manifest).status)).toEqual(['running', 'failed']);
    expect(manifest().model.name).toBe('big');
  });
});
