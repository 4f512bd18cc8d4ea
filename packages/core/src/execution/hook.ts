import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerInfo } from '../network/network.js';

/** A layer by name or by index (from 1), several of them, or a predicate. */
export type LayerFilter = string | number | readonly (string | number)[] | ((layer: LayerInfo) => boolean);

/**
 * Reads or replaces what passes a layer. Tensors are [N, H, W, C]; a replacement must have the shape of the original.
 * The tensors handed in are disposed after the call: clone what is kept. A replacement belongs to the executor. Several
 * hooks on one layer are called in the order given, each with what the one before left.
 */
export interface LayerHook {
  readonly layers: LayerFilter;
  /** Called with the activation of the layer; returns a replacement, or nothing to leave it. Signals pass a replacement unchanged. */
  forward?(activation: Tensor4D, layer: LayerInfo): Tensor4D | undefined | Promise<Tensor4D | undefined>;
  /** Called with the signal arriving at the layer's output on its way down (summed over consumers and seeds); returns a replacement, or nothing. */
  backward?(signal: Tensor4D, layer: LayerInfo): Tensor4D | undefined | Promise<Tensor4D | undefined>;
}
