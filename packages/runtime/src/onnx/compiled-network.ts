import {
  type Activations,
  type CompiledNetwork,
  type ForwardOptions,
  type GradientRequest,
  type GradientResult,
  inferShapes,
  type LayerName,
  type Network,
  type PatchedPasses,
  type PatchOutput,
  type PlainGradientRequest,
  type SeedFunction,
  type SeedTerm,
  type WeightGradientResult,
  type Weights,
} from '@featurescope/core';
import { type Tensor4D, zeros } from '@tensorflow/tfjs-core';
import { blockSize } from './block-size.js';
import { disposed, unknownWeight, wrongWeightSize } from './errors.js';
import type { OnnxExecutorOptions } from './executor.js';
import { seedFeeds, seedSpec } from './feeds.js';
import { weightInput } from './graph/parameters.js';
import { buildPass } from './graph/pass.js';
import { PORTS } from './graph/pass-spec.js';
import { type BackwardGoal, type PassResults, PassRun, type PassRunner } from './pass-run.js';
import { incrementalPasses } from './patched/passes.js';
import type { Numbers } from './session.js';
import { SessionCache } from './session-cache.js';
import { toTensor } from './tensors.js';

/** Passes kept when the options do not say how many. */
const DEFAULT_PASSES = 16;

/** Graphs over the rows of patches that one network keeps. */
const PATCHED_PASSES = 2;

/** Bytes of compiled models that one network keeps: two whole passes of a VGG-16 fit, so that an occlusion study need not compile them for each picture. */
const MODEL_BYTES = 2 ** 31;

const weightPrefix = weightInput('');

/** A gradient request whose input may be plain numbers. */
type BackwardRequest = Omit<GradientRequest, 'input'> & { readonly input: Tensor4D | Numbers };

interface Outcome<T> {
  readonly values: Float32Array[];
  readonly activations: Activations;
  readonly rest: T;
}

/** A network whose passes are compiled when they are first asked for. */
export class OnnxNetwork implements CompiledNetwork {
  network: Network;
  readonly #trainable: boolean;
  readonly #patched: SessionCache;
  /** Counts the times that weights were set. */
  #version = 0;
  readonly #sessions: SessionCache;
  #disposed = false;

  constructor(network: Network, trainable: boolean, options: OnnxExecutorOptions) {
    this.network = network;
    this.#trainable = trainable;
    this.#patched = new SessionCache(options, { passes: PATCHED_PASSES, bytes: MODEL_BYTES });
    this.#sessions = new SessionCache(options, { passes: options.passes ?? DEFAULT_PASSES, bytes: MODEL_BYTES });
  }

  async forward(input: Tensor4D, wanted: readonly LayerName[], options: ForwardOptions = {}): Promise<Activations> {
    const run = await this.#start(input, options);
    return run.finish(wanted, undefined, (results) => activationsOf(results, wanted));
  }

  async gradient(request: GradientRequest, to: LayerName = this.network.input.name): Promise<GradientResult> {
    const { values, activations, rest } = await this.#backward(request, { layer: to }, (results, run) => {
      const gradient = results.get(PORTS.gradient);
      if (gradient) return toTensor(gradient);
      const [h, w, c] = inferShapes(this.network, run.input, [to]).get(to) ?? [0, 0, 0];
      return zeros([run.batch, h, w, c]) as Tensor4D;
    });
    return { values, activations, gradient: rest };
  }

  async plainGradient({ input, into, ...rest }: PlainGradientRequest): Promise<readonly Float32Array[]> {
    const numbers: Numbers = { data: input.data, dims: input.shape };
    const { values } = await this.#backward({ ...rest, input: numbers }, { layer: this.network.input.name }, (results) => {
      const gradient = results.get(PORTS.gradient);
      if (gradient) into.set(gradient.data);
      else into.fill(0);
    });
    return values;
  }

  async weightGradient(request: GradientRequest): Promise<WeightGradientResult> {
    const prefix = PORTS.weightGradient('');
    const { values, activations, rest } = await this.#backward(request, 'weights', (results) => {
      const gradients = [...results].filter(([port]) => port.startsWith(prefix));
      return new Map(gradients.map(([port, { data }]) => [port.slice(prefix.length), data.slice()]));
    });
    return { values, activations, gradients: rest };
  }

  async patched(picture: Tensor4D, outputs: readonly PatchOutput[]): Promise<PatchedPasses> {
    if (this.#disposed) throw disposed();
    const passes = await incrementalPasses(this, picture, outputs, this.#patched, this.#version);
    return {
      ...passes,
      forward: async (patches, signal) => {
        if (this.#disposed) throw disposed();
        return passes.forward(patches, signal);
      },
    };
  }

  setWeights(weights: Weights): void {
    for (const [name, { data }] of weights) {
      const before = this.network.weights.get(name);
      if (before === undefined) throw unknownWeight(name);
      if (before.data.length !== data.length) throw wrongWeightSize(name, data.length, before.data.length);
    }
    this.network = { ...this.network, weights: new Map([...this.network.weights, ...weights]) };
    this.#version++;
    this.#patched.clear();
    if (!this.#trainable) this.#sessions.clear();
  }

  dispose(): void {
    this.#disposed = true;
    this.#sessions.clear();
    this.#patched.clear();
  }

  async #backward<T>(
    request: BackwardRequest,
    target: BackwardGoal['target'],
    read: (results: PassResults, run: PassRun) => T,
  ): Promise<Outcome<T>> {
    const { seeds, wanted = [], policy } = request;
    const run = await this.#start(request.input, request);
    const terms = 'layers' in seeds ? await seedsFrom(run, seeds, target === 'weights' ? wanted : [...wanted, target.layer]) : seeds;
    try {
      const shapes = inferShapes(
        this.network,
        run.input,
        terms.map((term) => term.layer),
      );
      for (const [index, term] of terms.entries())
        for (const [port, numbers] of await seedFeeds(term, index, run.batch, shapes.get(term.layer) ?? [0, 0, 0])) run.feed(port, numbers);
    } finally {
      if ('layers' in seeds) for (const { form } of terms) if (typeof form === 'object' && 'dot' in form) form.dot.dispose();
    }
    const { relu, maxPool, lrn } = policy;
    const goal = { seeds: terms.map(seedSpec), policy: { relu, maxPool, lrn }, target };
    return run.finish(wanted, goal, (results) => ({
      values: 'layers' in seeds ? [] : terms.map((_, index) => results.get(PORTS.seed(index, 'value'))?.data.slice() ?? new Float32Array()),
      activations: activationsOf(results, wanted),
      rest: read(results, run),
    }));
  }

  #start(input: Tensor4D | Numbers, options: ForwardOptions): Promise<PassRun> {
    if (this.#disposed) throw disposed();
    const { network } = this;
    const run: PassRunner = async (spec, feeds, read) => {
      // ONNX Runtime refuses a graph without results.
      if (spec.activations.length === 0 && !spec.backward?.seeds.length) return read(new Map());
      const block = this.#trainable ? await blockSize() : 0;
      const model = () => buildPass(network, spec, { trainable: this.#trainable, block });
      return this.#sessions.use(JSON.stringify(spec), model, async (session) => {
        options.signal?.throwIfAborted();
        return session.run(this.#trainable ? withWeights(feeds, network.weights) : feeds, read);
      });
    };
    return PassRun.create(network, run, input, options);
  }
}

const withWeights = (feeds: Parameters<PassRunner>[1], weights: Weights): Parameters<PassRunner>[1] =>
  new Map([...feeds, ...[...weights].map(([name, { shape, data }]) => [weightPrefix + name, { data, dims: shape }] as const)]);

const activationsOf = (results: PassResults, wanted: readonly LayerName[]): Activations =>
  new Map(
    wanted.flatMap((layer) => {
      const numbers = results.get(PORTS.activation(layer));
      return numbers ? [[layer, toTensor(numbers)] as const] : [];
    }),
  );

/** Lets a seed function make its seeds from the activations; `needed`: layers that will be asked for beside them. */
async function seedsFrom(run: PassRun, { layers, seed }: SeedFunction, needed: readonly LayerName[]): Promise<readonly SeedTerm[]> {
  const activations = await run.finish(layers, undefined, (results) => activationsOf(results, layers), needed);
  const seeds = new Map<LayerName, Tensor4D>();
  try {
    for (const [layer, tensor] of await seed(activations)) seeds.set(layer, tensor);
    return [...seeds].map(([layer, tensor]) => ({ layer, form: { dot: tensor.clone() }, weight: 1 }));
  } finally {
    for (const tensor of [...activations.values(), ...seeds.values()]) tensor.dispose();
  }
}
