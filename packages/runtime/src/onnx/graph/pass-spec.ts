import type { BackwardPolicy, LayerName, Shape } from '@featurescope/core';

/** Structure of a seed term: everything about it that is built into a graph. Its numbers come in as inputs. */
export interface SeedSpec {
  readonly layer: LayerName;
  readonly form: 'sum' | 'squares' | 'positiveSquares' | 'dot' | 'distance' | 'relativeDistance' | 'match' | 'direction' | 'crossEntropy';
  /** Which part of the activation counts: all of it, or what masks over channels, or over channels and positions, let through. */
  readonly selection: 'all' | 'channels' | 'positions';
  readonly mean: boolean;
  /** Shape [1 or N, H, W, C] of the tensor that the activation is compared with. */
  readonly guide?: readonly number[];
  /** Whether the term has a weight; without one it has a value but sends no signal down. */
  readonly weighted: boolean;
}

export interface BackwardSpec {
  readonly seeds: readonly SeedSpec[];
  readonly policy: Omit<BackwardPolicy, 'name'>;
  /** The layer (or the input) at whose output the gradient is taken, or the weights. */
  readonly target: { readonly layer: LayerName } | 'weights';
  /** Layers whose arriving signals are results. */
  readonly signals: readonly LayerName[];
  /** Layers whose signals come in as graph inputs, instead of what arrives there. */
  readonly replaced: readonly LayerName[];
  /** Whether the gradient is a result of this pass. */
  readonly finish: boolean;
}

/** Structure of a pass; passes of the same structure share one compiled session. */
export interface PassSpec {
  readonly batch: number;
  readonly input: Shape;
  /** Layers (or the input) whose activations are results. */
  readonly activations: readonly LayerName[];
  /** Layers whose activations come in as graph inputs, instead of what the layers compute. */
  readonly replaced: readonly LayerName[];
  readonly dropout: readonly LayerName[];
  readonly backward?: BackwardSpec;
}

/** Names of a graph's inputs and outputs. */
export const PORTS = {
  input: 'input',
  gradient: 'gradient',
  activation: (layer: LayerName) => `activation:${layer}`,
  replacement: (layer: LayerName) => `replacement:${layer}`,
  dropout: (layer: LayerName) => `dropout:${layer}`,
  signal: (layer: LayerName) => `signal:${layer}`,
  replacedSignal: (layer: LayerName) => `replaced-signal:${layer}`,
  weightGradient: (weight: string) => `gradient:${weight}`,
  seed: (index: number, part: 'value' | 'factor' | 'scale' | 'channels' | 'positions' | 'tensor' | 'vector' | 'labels') =>
    `seed:${index}:${part}`,
} as const;
