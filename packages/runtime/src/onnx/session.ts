import { availableParallelism } from 'node:os';
import type * as ort from 'onnxruntime-node';
import { sessionFailed } from './errors.js';

/** Numbers that go into or come out of a pass. */
export interface Numbers {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Whole numbers that go into a pass. */
interface Integers {
  readonly data: Int32Array;
  readonly dims: readonly number[];
}

export type Feeds = ReadonlyMap<string, Numbers | Integers>;

export interface SessionOptions {
  /** Threads of one operator. Default: all cores. */
  readonly threads?: number;
  /** Logs nothing, for models that may be refused. */
  readonly quiet?: boolean;
}

type Runtime = typeof ort;

/** ONNX Runtime, loaded when it is first needed: a machine without its native library can still use the other runtimes. */
export const loadRuntime = (): Promise<Runtime> => import('onnxruntime-node');

/** One compiled pass. The buffers of results of a fixed size are its own and are overwritten by the next run. */
export class Session {
  readonly #runtime: Runtime;
  readonly #session: ort.InferenceSession;
  readonly #results: Readonly<Record<string, ort.Tensor | null>>;
  #users = 0;
  #released = false;

  private constructor(runtime: Runtime, session: ort.InferenceSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.#results = Object.fromEntries(session.outputMetadata.map((output) => [output.name, resultTensor(runtime, output)]));
  }

  /** Compiles a model for the processor. @throws FeaturescopeError when ONNX Runtime refuses it */
  static async create(model: Uint8Array, { threads = availableParallelism(), quiet = false }: SessionOptions): Promise<Session> {
    try {
      const runtime = await loadRuntime();
      const session = await runtime.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        executionMode: 'sequential',
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        logSeverityLevel: quiet ? 4 : 3,
      });
      return new Session(runtime, session);
    } catch (cause) {
      throw sessionFailed(cause);
    }
  }

  /** Runs the pass; inputs that it does not take are ignored. The numbers given back are valid until the next run: read them at once. */
  async run<T>(feeds: Feeds, read: (results: ReadonlyMap<string, Numbers>) => T): Promise<T> {
    this.#users += 1;
    try {
      const inputs: Record<string, ort.Tensor> = {};
      for (const name of this.#session.inputNames) {
        const given = feeds.get(name);
        if (given) inputs[name] = this.#tensor(given);
      }
      const found = await this.#session.run(inputs, this.#results).catch((cause: unknown) => {
        throw sessionFailed(cause);
      });
      return read(new Map(Object.entries(this.#results).map(([name, kept]) => [name, numbersOf(kept ?? (found[name] as ort.Tensor))])));
    } finally {
      this.#users -= 1;
      await this.#releaseWhenIdle();
    }
  }

  #tensor({ data, dims }: Numbers | Integers): ort.Tensor {
    const { Tensor } = this.#runtime;
    return data instanceof Int32Array ? new Tensor('int32', data, dims) : new Tensor('float32', data, dims);
  }

  /** Frees the session as soon as no run uses it. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#releaseWhenIdle();
  }

  async #releaseWhenIdle(): Promise<void> {
    if (!this.#released || this.#users > 0) return;
    this.#released = false;
    await this.#session.release();
  }
}

/** Room for a result; none where its size is known only when the pass has run. */
function resultTensor({ Tensor }: Runtime, output: ort.InferenceSession.ValueMetadata): ort.Tensor | null {
  const shape = output.isTensor ? output.shape : [];
  if (shape.some((size) => typeof size === 'string')) return null;
  const dims = shape.map(Number);
  return new Tensor('float32', new Float32Array(dims.reduce((product, size) => product * size, 1)), dims);
}

const numbersOf = (tensor: ort.Tensor): Numbers => ({ data: tensor.data as Float32Array, dims: tensor.dims });
