import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Activations, CompiledNetwork, ForwardOptions } from '../execution/executor.js';
import type { LayerHook } from '../execution/hook.js';
import type { PlainValues } from '../execution/plain-gradient.js';
import type { BackwardPolicy } from '../execution/policy.js';
import type { LayerName } from '../network/layer.js';
import type { LayerInfo, Network } from '../network/network.js';
import type { Objective } from '../objectives/objective.js';
import type { InputSpec } from './input-spec.js';

/** What an objective comes to. */
export interface ObjectiveValue {
  /** Weighted sum of the terms, over the whole batch. */
  readonly value: number;
  /** Value of each named term without its weight, over the whole batch. */
  readonly terms: ReadonlyMap<string, number>;
  /** Value for each picture of the batch of the terms that have a closed form, without its weight. */
  readonly perPicture: ReadonlyMap<string, Float32Array>;
}

export interface ValueAndGradient extends ObjectiveValue {
  /** Shape of the input; the caller disposes it. */
  readonly gradient: Tensor4D;
  readonly activations: Activations;
}

/** Passes are always inference: dropout does nothing. */
export interface GradientOptions extends Omit<ForwardOptions, 'dropout'> {
  /** Default: the true gradient. */
  readonly policy?: BackwardPolicy;
  /** Activations to return as well. */
  readonly wanted?: readonly LayerName[];
}

export type PlainGradientOptions = Pick<GradientOptions, 'policy' | 'signal'>;

/** A network with its input specification, labels and a way to run it. Tensors are [N, H, W, C], float32. */
export interface Model {
  readonly name: string;
  /** SHA-256 of the weights' bytes, hexadecimal. */
  readonly sha256: string;
  readonly network: Network;
  /** At the recommended input size. */
  readonly layers: readonly LayerInfo[];
  readonly input: InputSpec;
  readonly labels?: readonly string[];
  /** How the weights came to be, as their file tells it: free JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The layer whose output is the class scores before the softmax: the input of a final softmax, else the last layer. */
  readonly logits: LayerName;
  /** The final softmax, if the network has one. */
  readonly probabilities?: LayerName;
  readonly compiled: CompiledNetwork;
  /** The layer with this exact name, or this index counted from 1. @throws FeaturescopeError naming the nearest layers */
  layer(reference: string | number): LayerInfo;
  /** Index of a class given by index or label. @throws FeaturescopeError naming the nearest labels */
  classIndex(reference: string | number): number;
  /** Name in the network of a layer, or of what `@input`, `@logits` and `@probabilities` stand for. @throws FeaturescopeError when there is none */
  resolve(layer: LayerName): LayerName;
  activations(image: Tensor4D, layers: readonly LayerName[], hooks?: readonly LayerHook[]): Promise<Activations>;
  /** Value of the objective and its gradient with respect to the image. */
  gradient(image: Tensor4D, objective: Objective, options?: GradientOptions): Promise<ValueAndGradient>;
  /** The same from plain memory to plain memory: the gradient is written to `into`, which may be the image's own data. Needs no tensors where objective and executor have none. */
  plainGradient(image: PlainValues, objective: Objective, into: Float32Array, options?: PlainGradientOptions): Promise<ObjectiveValue>;
  /** Carries a signal placed at the output of `from` down to the image, or to the output of the layer `to`. */
  project(image: Tensor4D, from: LayerName, signal: Tensor4D, policy: BackwardPolicy, to?: LayerName): Promise<Tensor4D>;
  /**
   * This model with its dense layers as convolutions, for pictures of any size from the recommended one: layers from the first
   * of them on give a map, one position for each place of the window that the network sees. Layers keep name and index. Compiled
   * on the first call and disposed with this model, which it is itself when nothing has to change.
   * @throws FeaturescopeError naming a layer that cannot be applied at several places
   */
  convolutional(): Promise<Model>;
  dispose(): void;
}
