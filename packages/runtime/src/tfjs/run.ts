import { setImmediate } from 'node:timers/promises';
import { ancestors, type ForwardOptions, inferShapes, type Layer, type LayerName, type Network, type Shape } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { noSuchLayer, wrongInput, wrongShape } from '../errors.js';
import { RunHooks } from './hooks.js';
import type { NetworkWeights } from './network-weights.js';
import type { Site } from './rules/rule.js';
import { TensorScope } from './tensor-scope.js';

/** One pass through the network on its way: what is needed, and what was computed so far. */
export class Run {
  readonly scope = new TensorScope();
  readonly hooks: RunHooks;
  /** Layers to run, in the order of the network. */
  readonly layers: readonly Layer[];
  readonly shapes: ReadonlyMap<LayerName, Shape>;
  readonly input: LayerName;
  readonly batch: number;
  /** What flows on from each layer, after hooks. */
  readonly activations = new Map<LayerName, Tensor4D>();
  /** What each layer computed, before hooks. */
  readonly outputs = new Map<LayerName, Tensor4D>();
  readonly #options: ForwardOptions;
  readonly #weights: NetworkWeights;

  /** @throws FeaturescopeError when a layer is unknown, or the input does not fit the layers that are needed */
  constructor(network: Network, weights: NetworkWeights, input: Tensor4D, wanted: readonly LayerName[], options: ForwardOptions) {
    const [batch, height, width, channels] = input.shape;
    const expected = network.input.shape[2];
    if (input.rank !== 4 || batch < 1 || channels !== expected) throw wrongInput(input.shape, expected);
    const names = network.layers.map((layer) => layer.name);
    for (const name of wanted) if (name !== network.input.name && !names.includes(name)) throw noSuchLayer(name, names);
    const needed = ancestors(network, wanted);
    this.shapes = inferShapes(network, [height, width, channels], wanted);
    this.layers = network.layers.filter((layer) => needed.has(layer.name));
    this.hooks = new RunHooks(options.hooks ?? [], network, this.shapes);
    this.input = network.input.name;
    this.batch = batch;
    this.#options = options;
    this.#weights = weights;
    this.activations.set(this.input, this.scope.own(input.clone()));
  }

  /** Rejects when the call was aborted; lets an abort that is under way come through. */
  async checkpoint(): Promise<void> {
    const { signal } = this.#options;
    if (!signal) return;
    await setImmediate();
    signal.throwIfAborted();
  }

  activation(layer: LayerName): Tensor4D {
    const tensor = this.activations.get(layer);
    if (!tensor) throw noSuchLayer(layer, [...this.activations.keys()]);
    return tensor;
  }

  /** [N, H, W, C] of a layer's activation. */
  shapeOf(layer: LayerName): [number, number, number, number] {
    const shape = this.shapes.get(layer);
    if (!shape) throw noSuchLayer(layer, [...this.shapes.keys()]);
    return [this.batch, ...shape];
  }

  site(layer: Layer): Omit<Site, 'output'> {
    const [first, ...others] = layer.inputs.map((name) => this.activation(name));
    return {
      layer,
      inputs: [first ?? this.activation(this.input), ...others],
      factors: layer.kind === 'dropout' ? this.#factors(layer.name) : undefined,
      weight: (parameter) => this.#weights.of(layer, parameter),
    };
  }

  #factors(layer: LayerName): Tensor4D | undefined {
    const factors = this.#options.dropout?.get(layer);
    const expected = this.shapeOf(layer);
    if (factors && factors.shape.join() !== expected.join()) throw wrongShape('The dropout mask', layer, factors.shape, expected);
    return factors;
  }
}
