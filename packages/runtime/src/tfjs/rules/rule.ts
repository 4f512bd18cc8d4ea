import type { BackwardPolicy, Layer } from '@featurescope/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';

/** One layer at work: what feeds it and what it needs. */
export interface Site<L extends Layer = Layer> {
  readonly layer: L;
  readonly inputs: readonly [Tensor4D, ...Tensor4D[]];
  /** What the layer computed; going down only. */
  readonly output: Tensor4D;
  /** Factors of a dropout layer. */
  readonly factors: Tensor4D | undefined;
  /** `kernel`, `bias`, … @throws FeaturescopeError when the network has no such weight */
  weight(parameter: string): Tensor;
}

/** What a layer kind does going up and down. Called in a `tidy`; no method returns a tensor that it was given. */
export interface LayerRule<L extends Layer = Layer> {
  forward(site: Omit<Site<L>, 'output'>): Tensor4D;
  /** Signals at the inputs, in their order, for the signal at the output. */
  backward(site: Site<L>, signal: Tensor4D, policy: BackwardPolicy): readonly Tensor4D[];
  /** Gradients of the trainable weights by parameter, summed over the batch. */
  weights?(site: Site<L>, signal: Tensor4D): Readonly<Record<string, Tensor>>;
}
