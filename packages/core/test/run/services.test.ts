import '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  CLOCK,
  MODEL_LOADER,
  type Model,
  type ModelLoader,
  type RunContext,
  type RunEvent,
  run,
  type VisualizerEvent,
} from '../../src/index.js';
import { eventProblems, testContainer, testContext, tinyModel } from '../../src/testing/index.js';
import { config, emptyScene, events, scene, visualizer } from './scenario.js';

beforeEach(emptyScene);

const done: VisualizerEvent = { type: 'progress', done: 1, total: 1 };

/** Runs something as a visualizer. */
const during = (body: (context: RunContext) => Promise<void>) =>
  visualizer('during', async function* (context) {
    await body(context);
    yield done;
  })();

/** Names of models, as they are disposed. */
function counted() {
  const disposed: string[] = [];
  const loadModel = async (source = 'tiny'): Promise<Model> => {
    const model = await tinyModel();
    return { ...model, name: source, dispose: () => void disposed.push(source) };
  };
  return { disposed, loadModel };
}

describe('models that a visualizer loads', () => {
  it('are disposed once: when it says so, or at its end', async () => {
    const { disposed, loadModel } = counted();
    const visualizers = [
      during(async ({ loadModel: load }) => {
        const [a] = [await load('a'), await load('b')];
        a.dispose();
        expect(disposed).toEqual(['a']);
      }),
    ];
    const list = await events(config(visualizers), { loadModel });
    expect(list.at(-1)).toMatchObject({ status: 'done' });
    expect(disposed).toEqual(['a', 'b', 'tiny']);
  });

  it('are themselves when nothing has to change for pictures of any size', async () => {
    const body = async ({ loadModel }: RunContext) => {
      const model = await loadModel('a');
      expect(await model.convolutional()).toBe(model);
    };
    const list = await events(config([during(body)]));
    expect(list.find(({ type }) => type === 'visualizer-finished')).toMatchObject({ status: 'done' });
  });
});

describe('lists of models', () => {
  const listed = async (loader: Partial<ModelLoader>): Promise<readonly string[]> => {
    const services = testContainer({ store: scene.store });
    services.register(MODEL_LOADER, { useValue: { load: () => tinyModel(), ...loader } });
    const found: string[] = [];
    const visualizers = [during(async ({ listModels }) => void found.push(...(await listModels('folder'))))];
    await finished(run(config(visualizers), services));
    return found;
  };

  it('come from the loader; without one that lists, each stands for itself', async () => {
    expect(await listed({ list: async (pattern: string) => [`${pattern}/1`, `${pattern}/2`] })).toEqual(['folder/1', 'folder/2']);
    expect(await listed({})).toEqual(['folder']);
    expect(await testContext({ model: await tinyModel() }).listModels('a')).toEqual(['a']);
  });
});

describe('the clock of the context', () => {
  it('is that of the host', async () => {
    const waits: number[] = [];
    const services = testContainer({ store: scene.store });
    services.register(CLOCK, { useValue: { now: () => 7, wait: async (milliseconds: number) => void waits.push(milliseconds) } });
    await finished(run(config([during(({ clock }) => clock.wait(1234))]), services));
    expect(waits).toEqual([1234]);
  });

  it('does not wait in tests, goes on by that much, and ends when cancelled', async () => {
    const { clock } = testContext({ model: await tinyModel() });
    const before = clock.now();
    await clock.wait(1e9);
    expect(clock.now() - before).toBeGreaterThanOrEqual(1e9);
    const reason = new Error('enough');
    await expect(clock.wait(1, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('an artifact that replaces an earlier one', () => {
  const table = (value: number, replaces?: boolean): VisualizerEvent => ({
    type: 'artifact',
    artifact: { kind: 'table', name: 'same', columns: ['value'], rows: [[value]] },
    ...(replaces !== undefined && { replaces }),
  });

  it('is written without a warning, and is listed once', async () => {
    const twice = visualizer('twice', async function* () {
      yield table(1);
      yield table(2, true);
    });
    const list = await events(config([twice()]));
    expect(list.filter(({ type }) => type === 'warning')).toEqual([]);
    expect([...scene.store.artifacts.values()].map(({ artifact }) => artifact)).toEqual([
      { kind: 'table', name: 'same', columns: ['value'], rows: [[2]] },
    ]);
  });

  it('is well-formed, unlike one that comes twice', () => {
    expect(eventProblems([table(1), table(2, true), done])).toEqual([]);
    expect(eventProblems([table(1), table(2), done])).toHaveLength(1);
  });
});

function finished(run$: ReturnType<typeof run>): Promise<readonly RunEvent[]> {
  return new Promise((resolve, reject) => {
    const list: RunEvent[] = [];
    run$.subscribe({ next: (event) => void list.push(event), error: reject, complete: () => resolve(list) });
  });
}
