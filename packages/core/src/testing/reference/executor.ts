import type { Tensor4D } from '@tensorflow/tfjs-core';
import { checkSeed } from '../../execution/check-seed.js';
import type {
  Activations,
  CompiledNetwork,
  Executor,
  ForwardOptions,
  GradientRequest,
  GradientResult,
  PassResult,
  WeightGradientResult,
} from '../../execution/executor.js';
import { describeLayers } from '../../network/describe.js';
import type { LayerName } from '../../network/layer.js';
import type { Network, Weights } from '../../network/network.js';
import type { Array4 } from './array4.js';
import { downwards, passDown, referenceWeightGradients, type Signals } from './backward.js';
import { callOf, neededLayers, type ReferenceOptions, type ReferencePass } from './forward.js';
import { hooked } from './hooks.js';
import { ruleOf } from './rules/index.js';
import { termSeeds, termValues } from './seeds.js';
import { disposeAll, toArray4, toArrays, toReferenceTerms, toTensor, toTensors } from './tensors.js';

interface Below {
  readonly pass: ReferencePass;
  readonly values: readonly Float64Array[];
  readonly signals: Signals;
}

class ReferenceNetwork implements CompiledNetwork {
  network: Network;

  constructor(network: Network) {
    this.network = network;
  }

  async forward(input: Tensor4D, wanted: readonly LayerName[], options: ForwardOptions = {}): Promise<Activations> {
    const pass = await this.#pass(input, wanted, options);
    return toTensors(wanted.map((name) => [name, this.#valueOf(pass, name)]));
  }

  async gradient(request: GradientRequest, to: LayerName = this.network.input.name): Promise<GradientResult> {
    const below = await this.#below(request, [to]);
    const zero = this.#valueOf(below.pass, to);
    const signal = below.signals.get(to) ?? { shape: zero.shape, data: zero.data.map(() => 0) };
    return { ...this.#result(below, request), gradient: toTensor(signal) };
  }

  async weightGradient(request: GradientRequest): Promise<WeightGradientResult> {
    const below = await this.#below(request, []);
    const gradients = referenceWeightGradients(below.pass, below.signals);
    return {
      ...this.#result(below, request),
      gradients: new Map([...gradients].map(([name, data]) => [name, Float32Array.from(data)])),
    };
  }

  setWeights(weights: Weights): void {
    this.network = { ...this.network, weights: new Map([...this.network.weights, ...weights]) };
  }

  dispose(): void {}

  async #pass(input: Tensor4D, wanted: readonly LayerName[], options: ForwardOptions): Promise<ReferencePass> {
    const { network } = this;
    options.signal?.throwIfAborted();
    const dropout = options.dropout && (await toArrays(options.dropout));
    const used: ReferenceOptions = { wanted, ...(dropout && { dropout }) };
    const hook = hooked(options.hooks ?? [], describeLayers(network), 'forward');
    const values = new Map<LayerName, Array4>([[network.input.name, await toArray4(input)]]);
    for (const layer of neededLayers(network, wanted)) {
      options.signal?.throwIfAborted();
      values.set(layer.name, await hook(layer.name, ruleOf(layer).forward(callOf(network, layer, values, used))));
    }
    return { network, options: used, values };
  }

  async #below(request: GradientRequest, to: readonly LayerName[]): Promise<Below> {
    const { seeds } = request;
    const seeded = 'layers' in seeds ? seeds.layers : seeds.map(({ layer }) => layer);
    const pass = await this.#pass(request.input, [...seeded, ...to, ...(request.wanted ?? [])], request);
    if (!('layers' in seeds)) for (const term of seeds) checkSeed(term, this.#valueOf(pass, term.layer).shape);
    const terms = 'layers' in seeds ? [] : await toReferenceTerms(seeds);
    const values = terms.map((term) => termValues(pass, term));
    const signals: Signals = new Map('layers' in seeds ? await this.#seedsOf(seeds, pass) : termSeeds(pass, terms));
    const hook = hooked(request.hooks ?? [], describeLayers(this.network), 'backward');
    for (const layer of downwards(pass)) {
      request.signal?.throwIfAborted();
      const signal = signals.get(layer.name);
      if (signal) signals.set(layer.name, await hook(layer.name, signal));
      passDown(pass, layer, signals, request.policy);
    }
    return { pass, values, signals };
  }

  async #seedsOf(seeds: Exclude<GradientRequest['seeds'], readonly unknown[]>, pass: ReferencePass): Promise<Map<LayerName, Array4>> {
    const activations = toTensors(seeds.layers.map((name) => [name, this.#valueOf(pass, name)]));
    try {
      const given = await seeds.seed(activations);
      try {
        return await toArrays(given);
      } finally {
        disposeAll(given);
      }
    } finally {
      disposeAll(activations);
    }
  }

  #result({ pass, values }: Below, request: GradientRequest): PassResult {
    const activations = toTensors((request.wanted ?? []).map((name) => [name, this.#valueOf(pass, name)]));
    return { values: values.map((perPicture) => Float32Array.from(perPicture)), activations };
  }

  #valueOf(pass: ReferencePass, name: LayerName): Array4 {
    const value = pass.values.get(name);
    if (!value) throw new Error(`reference: the network has no layer "${name}"`);
    return value;
  }
}

/** The executor that runs the float64 reference: slow, and right by being simple. */
export const referenceExecutor: Executor = {
  name: 'reference',
  compile: async (network) => new ReferenceNetwork(network),
};
