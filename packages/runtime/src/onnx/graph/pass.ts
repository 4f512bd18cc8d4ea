import type { LayerName, Network } from '@featurescope/core';
import { ActivationGraph } from './activations.js';
import { GraphBuilder } from './builder.js';
import { toChannelsLast } from './operations.js';
import { Parameters } from './parameters.js';
import { type PassSpec, PORTS } from './pass-spec.js';
import { SignalGraph } from './signals.js';

/** The layers that a pass needs, with all that they depend on: results, seeds and where the gradient goes. */
export function neededBy({ activations, replaced, backward }: PassSpec): readonly LayerName[] {
  const target = backward && backward.target !== 'weights' ? [backward.target.layer] : [];
  return [...activations, ...replaced, ...(backward?.seeds.map((seed) => seed.layer) ?? []), ...target];
}

export interface PassOptions {
  /** Weights are graph inputs. */
  readonly trainable: boolean;
  /** Channels per block, for convolutions whose kernels are graph inputs. */
  readonly block: number;
}

/** Writes the ONNX model of a pass. */
export function buildPass(network: Network, spec: PassSpec, { trainable, block }: PassOptions): Uint8Array {
  const g = new GraphBuilder(trainable ? block : 0);
  const parameters = new Parameters(g, network.weights, trainable);
  const activations = new ActivationGraph(g, network, parameters, spec, neededBy(spec));
  if (spec.backward) new SignalGraph(g, activations, spec.backward, network);
  for (const layer of new Set(spec.activations)) {
    const shape = activations.shape(layer);
    const [n, c, h, w] = shape;
    g.output(PORTS.activation(layer), toChannelsLast(g, activations.value(layer), shape), [n, h, w, c]);
  }
  return g.encode();
}
