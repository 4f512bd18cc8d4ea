import type { Model } from '../model/model.js';
import { createRandom } from '../random-stream.js';
import { architecturesByName } from '../run/architectures.js';
import { noSuchRun, noSuchText } from '../run/errors.js';
import { inputsOnDemand } from '../run/load-input.js';
import type { Architecture } from '../run/plugin.js';
import { trainNetwork } from '../training/train.js';
import type { Dataset, EarlierRun, Input, ResumableState, RunContext } from '../visualizer/context.js';
import type { VisualizerFactory } from '../visualizer/visualizer.js';
import { memoryInputLoader, testInputs } from './memory-inputs.js';
import { memoryCodec, recordingLogger, tickingClock } from './memory-platform.js';
import { referenceExecutor } from './reference/executor.js';
import { tinyModel } from './tiny-model.js';

export interface TestContextOptions {
  readonly model: Model;
  /** Default: two small pictures. */
  readonly inputs?: readonly Input[];
  /** What `loadInput` finds by its source besides the inputs. Default: two small pictures, `wide.png` and `high.png`. */
  readonly files?: readonly Input[];
  /** What `readText` finds by its path. Default: none. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly seed?: number;
  readonly state?: ResumableState;
  readonly dataset?: Dataset;
  /** What `loadRun` finds by output folder. Default: none. */
  readonly runs?: Readonly<Record<string, EarlierRun>>;
  /** What a visualizer that runs others finds. Default: none. */
  // biome-ignore lint/suspicious/noExplicitAny: a list of factories with different option schemas
  readonly visualizers?: readonly VisualizerFactory<any>[];
  /** Default: none. */
  readonly architectures?: readonly Architecture[];
}

/** State that nobody saved. */
export function memoryState(): ResumableState & { saved: Uint8Array | undefined } {
  const state = {
    saved: undefined as Uint8Array | undefined,
    save: async (value: Uint8Array) => {
      state.saved = value.slice();
    },
    load: async () => state.saved?.slice(),
  };
  return state;
}

/** What a visualizer gets in a test: everything in memory. */
export const testContext = ({
  model,
  inputs = testInputs(),
  files = testInputs(),
  texts = {},
  signal,
  seed = 1,
  state = memoryState(),
  dataset,
  runs = {},
  visualizers = [],
  architectures = [],
}: TestContextOptions): RunContext => ({
  model,
  models: [model],
  inputs,
  ...(dataset && { dataset }),
  visualizers,
  loadModel: () => tinyModel(),
  listModels: async (pattern) => [pattern],
  readText: async (source) => {
    const found = texts[source];
    if (found === undefined) throw noSuchText(source);
    return found;
  },
  loadRun: async (out) => {
    const found = runs[out];
    if (!found) throw noSuchRun(out);
    return found;
  },
  compile: (network) => referenceExecutor.compile(network),
  architecture: architecturesByName(architectures),
  train: (plan, job) => trainNetwork(plan, { ...job, executor: referenceExecutor, clock: tickingClock(), ...(signal && { signal }) }),
  loadInput: inputsOnDemand(memoryInputLoader([...inputs, ...files]), inputs),
  tensors: { backend: 'cpu' },
  codec: memoryCodec,
  random: createRandom(seed),
  clock: tickingClock(),
  log: recordingLogger(),
  signal: signal ?? new AbortController().signal,
  state,
});
