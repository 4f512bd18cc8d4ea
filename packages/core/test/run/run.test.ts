import * as tf from '@tensorflow/tfjs';
import { lastValueFrom, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Config, FeaturescopeError, type Manifest, REPORTERS, type RunEvent } from '../../src/index.js';
import {
  broken,
  config,
  contents,
  emptyScene,
  events,
  manifest,
  outline,
  picture,
  scene,
  start,
  table,
  visualizer,
  walk,
  wrongUse,
} from './scenario.js';

const leaky = visualizer('leaky', async function* () {
  leaked = tf.scalar(1);
  yield { type: 'progress', done: 1, total: 1 };
});

let leaked: tf.Tensor | undefined;
let before = 0;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  emptyScene();
});
afterEach(() => {
  leaked?.dispose();
  leaked = undefined;
  expect(tf.memory().numTensors).toBe(before);
});

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
    expect([...scene.store.artifacts.keys()]).toEqual(['01-walk/step-0.csv', '01-walk/walk.csv', '02-picture/grey.wide.png']);
    expect(list.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
    expect(scene.store.events).toEqual(list);
    expect(scene.store.closed).toBe(true);
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
          seen ||= scene.store.manifests.length;
        },
        complete: resolve,
      }),
    );
    expect(seen).toBeGreaterThan(0);
    expect(scene.store.manifests.map((text) => (JSON.parse(text) as Manifest).status).slice(0, -1)).not.toContain('done');
  });

  it('writes how a picture was made into it', async () => {
    await events(config([picture()], { seed: 3 }));
    const provenance = scene.store.artifacts.get('01-picture/grey.wide.png')?.provenance;
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
    expect(scene.store.manifests).toEqual([]);
    const [first, second] = [await lastValueFrom(stream.pipe(toArray())), await lastValueFrom(stream.pipe(toArray()))];
    expect(outline(first)).toEqual(outline(second));
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const results: unknown[] = [];
    for (const seed of [1, 1, 2]) {
      emptyScene();
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
    const plugin = {
      name: 'p',
      register: (c: import('tsyringe').DependencyContainer) => void c.register(REPORTERS, { useValue: failing }),
    };
    await events(config([walk(1)], { plugins: [plugin] }), { reporters: [reporter] });
    expect(heard[0]).toBe('run-started running');
    expect(heard.at(-1)).toBe('run-finished done');
  });
});

describe('what keeps a run from starting', () => {
  const failure = async (c: unknown, more = {}): Promise<string> => {
    const error = await events(c as Config, more).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FeaturescopeError);
    expect(scene.store.manifests).toEqual([]);
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
});
