import { type Layer, type Network, type WeightName, type Weights, weightOwner } from '@featurescope/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { missingWeight, unknownWeight, wrongWeight } from '../errors.js';

/** The weights of a network as tensors on the active backend. */
export class NetworkWeights {
  readonly #tensors = new Map<WeightName, Tensor>();
  #values: Weights;

  constructor(network: Network) {
    this.#values = network.weights;
    for (const [name, { data, shape }] of network.weights) this.#tensors.set(name, tf.tensor(data, [...shape], 'float32'));
  }

  get values(): Weights {
    return this.#values;
  }

  of(layer: Layer, parameter: string): Tensor {
    const name = `${weightOwner(layer)}/${parameter}`;
    const tensor = this.#tensors.get(name);
    if (!tensor) throw missingWeight(name);
    return tensor;
  }

  /** @throws FeaturescopeError when a weight is unknown or has another shape; then nothing is changed */
  replace(weights: Weights): void {
    for (const [name, { shape, data }] of weights) {
      const present = this.#tensors.get(name);
      if (!present) throw unknownWeight(name, this.#tensors.keys());
      if (present.shape.join() !== shape.join() || data.length !== present.size) throw wrongWeight(name, shape, present.shape);
    }
    for (const [name, { data, shape }] of weights) {
      this.#tensors.get(name)?.dispose();
      this.#tensors.set(name, tf.tensor(data, [...shape], 'float32'));
    }
    this.#values = new Map([...this.#values, ...weights]);
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}
