import type { Model } from '../model/model.js';
import { createRandom } from '../random-stream.js';
import { inputsOnDemand } from '../run/load-input.js';
import type { Input, ResumableState, RunContext } from '../visualizer/context.js';
import { memoryInputLoader, testInputs } from './memory-inputs.js';
import { memoryCodec, recordingLogger } from './memory-platform.js';
import { tinyModel } from './tiny-model.js';

export interface TestContextOptions {
  readonly model: Model;
  /** Default: two small pictures. */
  readonly inputs?: readonly Input[];
  /** What `loadInput` finds by its source besides the inputs. Default: two small pictures, `wide.png` and `high.png`. */
  readonly files?: readonly Input[];
  readonly signal?: AbortSignal;
  readonly seed?: number;
  readonly state?: ResumableState;
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
  signal,
  seed = 1,
  state = memoryState(),
}: TestContextOptions): RunContext => ({
  model,
  models: [model],
  inputs,
  loadModel: () => tinyModel(),
  loadInput: inputsOnDemand(memoryInputLoader([...inputs, ...files]), inputs),
  tensors: { backend: 'cpu' },
  codec: memoryCodec,
  random: createRandom(seed),
  log: recordingLogger(),
  signal: signal ?? new AbortController().signal,
  state,
});
