import * as tf from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import type { Model } from '../model/model.js';
import type { Input, RunContext } from '../visualizer/context.js';
import { optionDescription } from '../visualizer/define-visualizer.js';
import type { VisualizerEvent } from '../visualizer/events.js';
import type { VisualizerFactory } from '../visualizer/visualizer.js';
import { artifactKey, eventProblems } from './check-events.js';
import { arrayInput, flatPicture, pictureInput, testInputs } from './memory-inputs.js';
import { memoryState, testContext } from './test-context.js';
import { tinyModel } from './tiny-model.js';

type Describe = (name: string, body: () => void) => unknown;
type It = (name: string, body: () => Promise<void>) => unknown;

export interface VisualizerTestOptions<S extends z.ZodObject> {
  /** Options that make a run short. The tiny model has layers conv1, relu1, pool1, conv2, relu2, gap, fc3, prob. */
  readonly options?: z.input<S>;
  /** The test framework's own; left out when it puts them into the global scope. */
  readonly describe?: Describe;
  readonly it?: It;
  /** Default: two small pictures. */
  readonly inputs?: readonly Input[];
  /** Default: the tiny model. The caller's own to dispose. */
  readonly createModel?: () => Promise<Model>;
  /** Whether arrays are taken as inputs as well as pictures. Default: true. */
  readonly takesArrays?: boolean;
  /** False for a visualizer of drawings, which takes neither pictures nor arrays. Default: true. */
  readonly takesPictures?: boolean;
}

/**
 * Tests that a visualizer keeps the rules: documented options, well-formed events, the same results for the same seed, an end
 * soon after it is cancelled, no tensor left behind on success, failure or cancellation, and continuation from saved state. Works with
 * every test framework that has `describe` and `it`; a TensorFlow.js backend must be there (`import '@tensorflow/tfjs'`).
 */
export function testVisualizer<S extends z.ZodObject>(factory: VisualizerFactory<S>, given: VisualizerTestOptions<S> = {}): void {
  const { inputs = testInputs(), createModel = () => tinyModel(), takesPictures = true, takesArrays = takesPictures } = given;
  const describe = given.describe ?? globalFunction<Describe>('describe');
  const it = given.it ?? globalFunction<It>('it');
  const { visualizer } = factory;
  const configured = (): Parameters<typeof visualizer.run>[1] => factory(given.options).options as never;
  const start = (context: RunContext): AsyncIterable<VisualizerEvent> => visualizer.run(context, configured());
  const complete = async (change: Partial<RunContext> = {}): Promise<VisualizerEvent[]> =>
    withModel(createModel, async (model) => collected(start({ ...testContext({ model, inputs }), ...change })));

  describe(`visualizer ${visualizer.name}`, () => {
    it('describes itself and every option', async () => {
      check(visualizer.summary.trim().length > 0, 'it has no summary');
      const silent = Object.entries(visualizer.options.shape).filter(([, schema]) => !optionDescription(schema));
      check(silent.length === 0, `no description of ${silent.map(([name]) => name).join(', ')}`);
    });

    it('refuses an unknown option', async () => {
      const refused = await rejection(async () => factory({ ...given.options, 'no-such-option': 1 } as never));
      check(refused instanceof Error, 'an unknown option was taken');
    });

    it('yields well-formed events, reaches its total, and leaves no tensor behind', () =>
      leakFree(async () => {
        const problems = eventProblems(await complete());
        check(problems.length === 0, problems.join('; '));
      }));

    it('gives the same results for the same seed', () =>
      leakFree(async () => {
        const [first, second] = [await complete(), await complete()];
        const differs = first.findIndex((event, i) => serialized(event) !== serialized(second[i]));
        check(differs < 0, `event ${differs} (${first[differs]?.type}) differs in a second run`);
        check(first.length === second.length, `${first.length} events, but ${second.length} in a second run`);
      }));

    it('ends soon after it is cancelled, without a tensor left behind', async () => {
      const total = (await complete()).length;
      for (const stopAt of new Set([0, 1, Math.floor(total / 2)])) await leakFree(() => cancelled(stopAt));
    });

    it('leaves no tensor behind when the one who listens goes away', () =>
      leakFree(() =>
        withModel(createModel, async (model) => {
          for await (const _ of start(testContext({ model, inputs }))) break;
        }),
      ));

    it('passes on a failure of the model, without a tensor left behind', async () => {
      const calls = await leakFree(() => withModel(createModel, async (model) => countCalls(model)));
      for (const failAt of new Set([0, Math.floor(calls / 2), calls - 1].filter((call) => call >= 0 && call < calls))) {
        await leakFree(() =>
          withModel(createModel, async (model) => {
            const failing = countingModel(model, (call) => call === failAt);
            const error = await rejection(() => collected(start(testContext({ model: failing.model, inputs }))));
            check(
              error === PLANNED,
              `the model failed at call ${failAt} but the run ended ${error === undefined ? 'well' : `with ${String(error)}`}`,
            );
          }),
        );
      }
    });

    if (takesPictures)
      it('copes with a picture without contrast', () =>
        leakFree(async () => {
          const problems = eventProblems(await complete({ inputs: [pictureInput('flat', flatPicture([14, 12]))] }));
          check(problems.length === 0, problems.join('; '));
        }));

    if (takesArrays && visualizer.needsInputs !== false)
      it('takes an array as an input', () =>
        leakFree(() =>
          withModel(createModel, async (model) => {
            const [height, width] = model.input.size;
            const data = Float32Array.from({ length: height * width * model.input.channels }, (_, i) => Math.sin(i));
            const array = arrayInput('array', [height, width, model.input.channels], data);
            const problems = eventProblems(await collected(start(testContext({ model, inputs: [array] }))));
            check(problems.length === 0, problems.join('; '));
          }),
        ));

    it('continues from what it saved to the same results', () =>
      leakFree(async () => {
        const state = memoryState();
        const before = await untilSaved(state);
        if (!state.saved) return;
        const merged = new Map(artifactsOf([...before, ...(await complete({ state }))]));
        const whole = new Map(artifactsOf(await complete()));
        for (const [key, value] of whole) check(merged.get(key) === value, `artifact ${key} differs after continuing`);
      }));

    /** Events up to the first save, after which the run is killed. */
    function untilSaved(state: ReturnType<typeof memoryState>): Promise<VisualizerEvent[]> {
      return withModel(createModel, async (model) => {
        const events: VisualizerEvent[] = [];
        for await (const event of start(testContext({ model, inputs, state: onceSaved(state) }))) {
          events.push(event);
          if (state.saved) break;
        }
        return events;
      });
    }

    function cancelled(stopAt: number): Promise<void> {
      return withModel(createModel, async (model) => {
        const cancelling = new AbortController();
        if (stopAt === 0) cancelling.abort();
        let count = 0;
        let after = 0;
        await rejection(async () => {
          for await (const _ of start(testContext({ model, inputs, signal: cancelling.signal }))) {
            if (cancelling.signal.aborted) after++;
            if (++count === stopAt) cancelling.abort();
          }
        });
        check(after <= EVENTS_AFTER_ABORT, `${after} events after it was cancelled at event ${stopAt}`);
      });
    }

    async function countCalls(model: Model): Promise<number> {
      const counting = countingModel(model, () => false);
      await collected(start(testContext({ model: counting.model, inputs })));
      return counting.calls();
    }
  });
}

/** A step may yield its progress, metrics and picture before it looks at the signal. */
const EVENTS_AFTER_ABORT = 5;

const PLANNED = new Error('a failure planned by the test');

/** A model that fails at chosen passes, counted from 0. */
function countingModel(model: Model, fails: (call: number) => boolean): { readonly model: Model; calls(): number } {
  let calls = 0;
  const pass =
    <P extends unknown[], R>(run: (...parameters: P) => Promise<R>) =>
    async (...parameters: P): Promise<R> => {
      if (fails(calls++)) throw PLANNED;
      return run(...parameters);
    };
  const watched = (given: Model): Model => {
    const { activations, gradient, project } = given;
    const counting: Model = {
      ...given,
      activations: pass(activations),
      gradient: pass(gradient),
      project: pass(project),
      convolutional: async () => {
        const other = await given.convolutional();
        return other === given ? counting : watched(other);
      },
    };
    return counting;
  };
  return { model: watched(model), calls: () => calls };
}

/** Keeps only what is saved first. */
const onceSaved = (state: ReturnType<typeof memoryState>): RunContext['state'] => ({
  load: state.load,
  save: async (value) => {
    if (!state.saved) await state.save(value);
  },
});

async function withModel<T>(create: () => Promise<Model>, use: (model: Model) => Promise<T>): Promise<T> {
  const model = await create();
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}

async function collected(events: AsyncIterable<VisualizerEvent>): Promise<VisualizerEvent[]> {
  const all: VisualizerEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

async function leakFree<T>(body: () => Promise<T>): Promise<T> {
  await tf.ready();
  const before = tf.memory().numTensors;
  const result = await body();
  const left = tf.memory().numTensors - before;
  check(left === 0, `${left} tensors were left behind`);
  return result;
}

const artifactsOf = (events: readonly VisualizerEvent[]): [string, string][] =>
  events.flatMap((event) => (event.type === 'artifact' ? [[artifactKey(event.artifact), serialized(event)]] : []));

const serialized = (event: VisualizerEvent | undefined): string =>
  JSON.stringify(event, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value)) ?? '';

async function rejection(body: () => Promise<unknown>): Promise<unknown> {
  try {
    await body();
    return undefined;
  } catch (error) {
    return error;
  }
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

function globalFunction<T>(name: 'describe' | 'it'): T {
  const found: unknown = Reflect.get(globalThis, name);
  if (typeof found !== 'function') throw new Error(`testVisualizer needs the test framework's ${name}: pass { describe, it }.`);
  return found as T;
}
