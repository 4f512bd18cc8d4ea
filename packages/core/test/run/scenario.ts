import * as tf from '@tensorflow/tfjs';
import { lastValueFrom, toArray } from 'rxjs';
import { z } from 'zod';
import {
  type Config,
  type ConfiguredVisualizer,
  defineVisualizer,
  l2Norm,
  type Manifest,
  type RunContext,
  type RunEvent,
  run,
  type VisualizerEvent,
} from '../../src/index.js';
import { MemoryArtifactStore, testContainer } from '../../src/testing/index.js';

/** The folder of the run under test. */
export const scene = { store: new MemoryArtifactStore() };

/** Puts an empty folder in its place. */
export const emptyScene = (): void => {
  scene.store = new MemoryArtifactStore();
};

const options = z.strictObject({ steps: z.number().int().min(1).default(4).describe('Steps') });

export const visualizer = (
  name: string,
  body: (context: RunContext, steps: number) => AsyncIterable<VisualizerEvent>,
): ((steps?: number) => ConfiguredVisualizer) => {
  const factory = defineVisualizer({ name, summary: name, options, run: (context, { steps }) => body(context, steps) });
  return (steps) => factory(steps === undefined ? {} : { steps });
};

export const table = (name: string, rows: readonly (readonly (string | number | boolean)[])[]): VisualizerEvent => ({
  type: 'artifact',
  artifact: { kind: 'table', name, columns: ['value'], rows },
});

/** Counts on random numbers, saves its state at every step, and reports everything at its end. */
export const walk = visualizer('walk', async function* ({ random, state, signal }, steps) {
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

export const broken = visualizer('broken', async function* () {
  yield { type: 'progress', done: 1, total: 2 };
  throw new Error('it broke');
});

export const wrongUse = visualizer('wrong-use', async function* ({ model }) {
  yield { type: 'progress', done: 0, total: 1 };
  model.layer('conv7');
});

export const picture = visualizer('picture', async function* ({ model, inputs }) {
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

export const config = (visualizers: readonly ConfiguredVisualizer[], more: Partial<Config> = {}): Config => ({
  inputs: ['x'],
  visualizers,
  ...more,
});
export const start = (c: Config, more: Parameters<typeof testContainer>[0] = {}) => run(c, testContainer({ store: scene.store, ...more }));
export const events = (c: Config, more: Parameters<typeof testContainer>[0] = {}): Promise<RunEvent[]> =>
  lastValueFrom(start(c, more).pipe(toArray()));
export const manifest = (): Manifest => JSON.parse(scene.store.manifests.at(-1) ?? '') as Manifest;
export const outline = (list: readonly RunEvent[]): string[] =>
  list.map((event) => ('visualizer' in event ? `${event.visualizer} ${event.type}` : event.type));
export const contents = (): unknown[] => [...scene.store.artifacts].map(([path, { artifact }]) => [path, artifact]);
