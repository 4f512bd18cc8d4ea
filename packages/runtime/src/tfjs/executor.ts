import type {
  Activations,
  CompiledNetwork,
  Executor,
  ForwardOptions,
  GradientRequest,
  GradientResult,
  LayerName,
  Network,
  WeightGradientResult,
  WeightName,
  Weights,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { alreadyDisposed } from '../errors.js';
import { runBackward } from './backward.js';
import { results, runForward } from './forward.js';
import { NetworkWeights } from './network-weights.js';
import { Run } from './run.js';
import { plantSeeds, seededLayers } from './seeding.js';

class EagerNetwork implements CompiledNetwork {
  readonly #network: Network;
  readonly #weights: NetworkWeights;
  #disposed = false;

  constructor(network: Network) {
    this.#network = network;
    this.#weights = new NetworkWeights(network);
  }

  get network(): Network {
    return { ...this.#network, weights: this.#weights.values };
  }

  forward(input: Tensor4D, wanted: readonly LayerName[], options: ForwardOptions = {}): Promise<Activations> {
    return this.#during(input, wanted, options, async (run) => {
      await runForward(run, wanted);
      return results(run, wanted);
    });
  }

  gradient(request: GradientRequest, to: LayerName = this.#network.input.name): Promise<GradientResult> {
    const { seeds, policy, wanted = [] } = request;
    return this.#during(request.input, [...seededLayers(seeds), ...wanted, to], request, async (run) => {
      await runForward(run, 'all');
      const { signals, values } = await plantSeeds(run, seeds);
      const { signal } = await runBackward(run, signals, policy, { layer: to });
      return { values, gradient: signal?.clone() ?? tf.zeros(run.shapeOf(to)), activations: results(run, wanted) };
    });
  }

  weightGradient(request: GradientRequest): Promise<WeightGradientResult> {
    const { seeds, policy, wanted = [] } = request;
    return this.#during(request.input, [...seededLayers(seeds), ...wanted], request, async (run) => {
      await runForward(run, 'all');
      const { signals, values } = await plantSeeds(run, seeds);
      const { weights } = await runBackward(run, signals, policy, 'weights');
      const gradients = new Map<WeightName, Float32Array>();
      for (const [name, gradient] of weights) gradients.set(name, new Float32Array(await gradient.data()));
      return { values, gradients, activations: results(run, wanted) };
    });
  }

  setWeights(weights: Weights): void {
    if (this.#disposed) throw alreadyDisposed();
    this.#weights.replace(weights);
  }

  dispose(): void {
    this.#disposed = true;
    this.#weights.dispose();
  }

  async #during<T>(input: Tensor4D, needed: readonly LayerName[], options: ForwardOptions, body: (run: Run) => Promise<T>): Promise<T> {
    if (this.#disposed) throw alreadyDisposed();
    options.signal?.throwIfAborted();
    const run = new Run(this.#network, this.#weights, input, needed, options);
    try {
      return await body(run);
    } finally {
      run.scope.dispose();
    }
  }
}

/** Runs networks eagerly, layer by layer, on the active TensorFlow.js backend: the reference semantics. */
export const createTfjsExecutor = (): Executor => ({
  name: 'tfjs',
  compile: async (network) => new EagerNetwork(network),
});
