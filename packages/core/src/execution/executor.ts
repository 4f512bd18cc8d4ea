import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerName } from '../network/layer.js';
import type { Network, WeightName, Weights } from '../network/network.js';
import type { LayerHook } from './hook.js';
import type { PatchedPasses, PatchOutput } from './patched/patched-passes.js';
import type { PlainGradientRequest } from './plain-gradient.js';
import type { BackwardPolicy } from './policy.js';
import type { SeedTerm } from './seed.js';

/** Activations by layer, [N, H, W, C]; the caller disposes them. */
export type Activations = ReadonlyMap<LayerName, Tensor4D>;

export interface ForwardOptions {
  readonly hooks?: readonly LayerHook[];
  /** Factors for dropout layers, [N, H, W, C] each: 0, or 1 / (1 − rate). */
  readonly dropout?: Activations;
  readonly signal?: AbortSignal;
}

/** Computes the seeds from the activations, for objectives without a closed derivative. The tensors handed in belong to the executor; those returned are disposed by it. */
export interface SeedFunction {
  readonly layers: readonly LayerName[];
  seed(activations: Activations): Promise<Activations> | Activations;
}

export interface GradientRequest extends ForwardOptions {
  /** [N, H, W, C] in the network's input units. */
  readonly input: Tensor4D;
  readonly seeds: readonly SeedTerm[] | SeedFunction;
  readonly policy: BackwardPolicy;
  /** Activations to return as well. */
  readonly wanted?: readonly LayerName[];
}

export interface PassResult {
  /** Value of each seed term for each picture of the batch, without the term's weight; empty for a seed function. */
  readonly values: readonly Float32Array[];
  readonly activations: Activations;
}

export interface GradientResult extends PassResult {
  /** With the shape of the input, or of the layer asked for; the caller disposes it. */
  readonly gradient: Tensor4D;
}

export interface WeightGradientResult extends PassResult {
  /** Summed over the batch; flat, in the order of the weight. Only trainable weights: kernel, bias, scale, offset. */
  readonly gradients: ReadonlyMap<WeightName, Float32Array>;
}

/**
 * A network made ready to run. Inputs may have any size that the layers asked for allow: layers that no asked-for layer
 * depends on are not run. The network's input may be asked for or seeded under its own name. Hooks never outlive the
 * call they are given to, whatever happens.
 */
export interface CompiledNetwork {
  readonly network: Network;
  forward(input: Tensor4D, wanted: readonly LayerName[], options?: ForwardOptions): Promise<Activations>;
  /** Gradient with respect to the input, or to the output of the layer `to`. */
  gradient(request: GradientRequest, to?: LayerName): Promise<GradientResult>;
  /** Gradient with respect to the input without tensors, and the values of the seed terms. Executors that need tensors have none. */
  plainGradient?(request: PlainGradientRequest): Promise<PassResult['values']>;
  weightGradient(request: GradientRequest): Promise<WeightGradientResult>;
  /** Passes of a picture [1, H, W, C] that compute only what a changed part of it changes. Executors that cannot have none; see `patchedPasses`. */
  patched?(picture: Tensor4D, outputs: readonly PatchOutput[]): Promise<PatchedPasses>;
  /** Puts new values in place of weights of the same shape. */
  setWeights(weights: Weights): void;
  dispose(): void;
}

export interface CompileOptions {
  /** The weights will change often (training): do not build them into the compiled passes. */
  readonly trainable?: boolean;
}

export interface Executor {
  readonly name: string;
  compile(network: Network, options?: CompileOptions): Promise<CompiledNetwork>;
}
