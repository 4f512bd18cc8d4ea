import * as tf from '@tensorflow/tfjs-core';
import { isFeaturescopeError } from '../errors.js';
import type { Model } from '../model/model.js';
import type { InputLoader } from '../platform/platform.js';
import type { RunContext } from '../visualizer/context.js';
import type { RunEvent, RunStatus, VisualizerEvent, VisualizerRunEvent } from '../visualizer/events.js';
import type { ConfiguredVisualizer } from '../visualizer/visualizer.js';
import { inputsOnDemand } from './load-input.js';
import { provenanceOf } from './provenance.js';
import type { RunSession } from './run-session.js';

/** What all visualizers of a run share of the context. */
export interface SharedContext extends Omit<RunContext, 'state' | 'loadInput'> {
  readonly inputLoader: InputLoader;
}

/** Folder of a visualizer's artifacts, `<nn>-<visualizer>`, counted from 01. */
export const folderOf = (index: number, visualizer: string): string => `${String(index + 1).padStart(2, '0')}-${visualizer}`;

type Outcome = Pick<Extract<VisualizerRunEvent, { type: 'visualizer-finished' }>, 'status' | 'error' | 'errorCategory'>;

/** Runs one visualizer to its end, failure or cancellation, keeping manifest and store current; yields its events. */
export async function* runVisualizer(
  session: RunSession,
  { inputLoader, ...shared }: SharedContext,
  { visualizer, options }: ConfiguredVisualizer,
  index: number,
): AsyncGenerator<RunEvent, RunStatus> {
  const { store, journal, clock } = session;
  const folder = folderOf(index, visualizer.name);
  const event = <E extends object>(rest: E) => ({ time: session.time(), visualizer: visualizer.name, index, ...rest });
  const began = clock.now();
  const earlier = journal.manifest.runs[index];
  const state = store.state(folder);
  const continues = earlier?.startedAt !== undefined && (await state.load()) !== undefined;
  if (!continues) await Promise.all([store.clear(folder), store.clearState(folder)]);
  const { error: _, ...entry } = earlier ?? { visualizer: visualizer.name, options, artifacts: [] };
  const started = { status: 'running' as const, startedAt: earlier?.startedAt ?? session.time(), ...(continues ? {} : { artifacts: [] }) };
  journal.update({ runs: journal.manifest.runs.map((run, i) => (i === index ? { ...entry, ...started } : run)) });
  await journal.flush();
  yield await session.publish(event({ type: 'visualizer-started' }));

  const models = new Set<Model>();
  const context: RunContext = {
    ...shared,
    random: shared.random.fork(`${index}:${visualizer.name}`),
    loadModel: async (source) => {
      const model = forgotten(await shared.loadModel(source), (disposed) => models.delete(disposed));
      models.add(model);
      return model;
    },
    // Begun anew for each visualizer, so that names are the same when earlier ones are skipped.
    loadInput: inputsOnDemand(inputLoader, shared.inputs),
    // What is saved may count on artifacts handed over before.
    state: { load: () => state.load(), save: (value) => journal.flush().then(() => state.save(value)) },
  };
  const provenance = provenanceOf(journal.manifest, visualizer.name, options);
  const tensors = tf.memory().numTensors;
  const written = new Set<string>();
  let outcome: Outcome = { status: 'done' };
  try {
    for await (const given of visualizer.run(context, options as never)) {
      if (shared.signal.aborted) break;
      const stored = given.type === 'artifact' ? await storeArtifact(given) : given;
      if (stored.type === 'artifact') {
        const { path } = stored.artifact;
        if (written.has(path) && !replaces(given))
          yield await session.publish(event({ type: 'warning' as const, message: overwritten(path) }));
        written.add(path);
      }
      yield await session.publish(event(stored));
    }
    if (shared.signal.aborted) outcome = { status: 'cancelled' };
  } catch (error) {
    outcome = shared.signal.aborted ? { status: 'cancelled' } : failure(error);
    if (outcome.status === 'failed' && error instanceof Error) session.log.debug(error.stack ?? error.message);
  } finally {
    for (const model of models) model.dispose();
  }
  const left = tf.memory().numTensors - tensors;
  if (left > 0) yield await session.publish(event({ type: 'warning' as const, message: leaked(visualizer.name, left) }));

  const durationMs = Math.round((continues ? (earlier?.durationMs ?? 0) : 0) + clock.now() - began);
  const error = outcome.error === undefined ? {} : { error: outcome.error };
  journal.updateRun(index, { status: outcome.status, durationMs, ...error });
  await Promise.all([journal.flush(), session.settle()]);
  if (outcome.status === 'done') await store.clearState(folder);
  yield await session.publish(event({ type: 'visualizer-finished', durationMs, ...outcome }));
  return outcome.status;

  async function storeArtifact({ artifact }: Extract<VisualizerEvent, { type: 'artifact' }>) {
    const stored = await store.write(folder, artifact, provenance);
    journal.addArtifact(index, stored);
    return { type: 'artifact' as const, artifact: stored };
  }
}

/** A model that tells when it is disposed, so that nothing holds its weights any longer. */
function forgotten(loaded: Model, forget: (model: Model) => void): Model {
  const model: Model = {
    ...loaded,
    convolutional: async () => {
      const other = await loaded.convolutional();
      return other === loaded ? model : other;
    },
    dispose() {
      forget(model);
      loaded.dispose();
    },
  };
  return model;
}

const replaces = (event: VisualizerEvent): boolean => event.type === 'artifact' && event.replaces === true;

const failure = (error: unknown): Outcome => ({
  status: 'failed',
  error: error instanceof Error ? error.message : String(error),
  errorCategory: isFeaturescopeError(error) ? error.category : 'failure',
});

const leaked = (visualizer: string, tensors: number): string =>
  `${visualizer} left ${tensors} ${tensors === 1 ? 'tensor' : 'tensors'} behind; its author should dispose of what it creates.`;

const overwritten = (path: string): string =>
  `${path} was written twice: artifacts of one visualizer must differ in name, input, layer or unit.`;
