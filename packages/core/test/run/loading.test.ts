import '@tensorflow/tfjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastValueFrom, toArray } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Config, defineVisualizer, FeaturescopeError, INPUT_LOADER, type Manifest, type RunEvent, run } from '../../src/index.js';
import { MemoryArtifactStore, testContainer, testInputs, tinyModel } from '../../src/testing/index.js';

const quick = defineVisualizer({
  name: 'quick',
  summary: 'quick',
  options: z.strictObject({}),
  async *run() {
    yield { type: 'progress', done: 1, total: 1 };
  },
});
const config: Config = { model: 'big', inputs: ['x'], visualizers: [quick()] };

let store: MemoryArtifactStore;
beforeEach(() => {
  store = new MemoryArtifactStore();
});
const manifests = (): Manifest[] => store.manifests.map((text) => JSON.parse(text) as Manifest);
const statuses = () => manifests().map(({ status }) => status);

const events = (c: Config, more: Parameters<typeof testContainer>[0] = {}): Promise<RunEvent[]> =>
  lastValueFrom(run(c, testContainer({ store, ...more })).pipe(toArray()));

describe('a run that loads for long', () => {
  const slowly = async () => {
    await sleep(500);
    return tinyModel();
  };

  it('shows in its folder while the model is being loaded', async () => {
    await events(config, { loadModel: slowly });
    expect(manifests()[0]).toMatchObject({ status: 'running', model: { name: 'big', sha256: '' } });
    expect(manifests().at(-1)).toMatchObject({ status: 'done', model: { name: 'tiny' } });
  });

  it('shows in its folder while the inputs are being read', async () => {
    const container = testContainer({ store });
    const load = async () => {
      await sleep(500);
      return testInputs();
    };
    container.register(INPUT_LOADER, { useValue: { load } });
    await lastValueFrom(run(config, container));
    expect(manifests()[0]?.model.sha256).toBe('');
    expect(statuses().at(-1)).toBe('done');
  });

  it('says so when loading fails in the end', async () => {
    const loadModel = async () => {
      await sleep(500);
      throw new FeaturescopeError('x', 'the download failed');
    };
    await expect(events(config, { loadModel })).rejects.toThrow('the download failed');
    expect(statuses()).toEqual(['running', 'failed']);
  });

  it('tells what failed first, also when the folder cannot be written to', async () => {
    store.writeManifest = () => Promise.reject(new FeaturescopeError('y', 'the disk is full'));
    await expect(events(config, { loadModel: slowly })).rejects.toThrow('the disk is full');
  });

  it('can be resumed when it was killed before the model was there', async () => {
    let killed: string | undefined;
    const write = store.writeManifest.bind(store);
    store.writeManifest = async (manifest) => {
      await write(manifest);
      killed ??= store.manifests[0];
    };
    await events(config, { loadModel: slowly });
    store = new MemoryArtifactStore();
    store.manifests.push(killed ?? '');
    const [first] = manifests();
    const resumed = await events({ ...config, resume: true });
    expect(resumed.at(-1)).toMatchObject({ type: 'run-finished', status: 'done' });
    expect(manifests().at(-1)).toMatchObject({ status: 'done', startedAt: first?.startedAt, model: { name: 'tiny' } });
  });
});

describe('the event log', () => {
  it('ends the run when it cannot be written', async () => {
    store.appendEvent = () => Promise.reject(new FeaturescopeError('y', 'the disk is full', { category: 'failure' }));
    await expect(events(config)).rejects.toThrow('the disk is full');
    expect(store.closed).toBe(true);
  });
});

it('refuses what is no plugin', async () => {
  await expect(events({ ...config, plugins: [undefined as never] })).rejects.toThrowErrorMatchingInlineSnapshot(`
    [FeaturescopeError: The config is not valid:
      plugins[0]: expected what definePlugin({ … }) returns.]
  `);
});
