import type { BackwardPolicy, Layer } from '@featurescope/core';
import type { GraphBuilder, Value } from './builder.js';
import type { MapShape } from './operations.js';
import type { Parameter, Parameters } from './parameters.js';

/** One layer in a graph under construction. Values are made when they are first asked for, so that only what is used is computed. */
export interface Site<L extends Layer = Layer> {
  readonly g: GraphBuilder;
  readonly parameters: Parameters;
  readonly layer: L;
  readonly inputShapes: readonly MapShape[];
  readonly inputShape: MapShape;
  readonly shape: MapShape;
  /** What feeds the layer, after hooks. */
  input(index?: number): Value;
  /** What the layer itself computes, before hooks. */
  output(): Value;
  weight(parameter: string): Parameter;
  /** Factors of a dropout layer, when given. */
  dropout(): Value | undefined;
}

/** Computes a layer's output. */
export type ForwardRule<L extends Layer> = (site: Site<L>) => Value;

/** Carries a signal from a layer's output to its inputs; `undefined` where nothing arrives. `wanted` tells which inputs matter. */
export type BackwardRule<L extends Layer> = (
  site: Site<L>,
  signal: Value,
  policy: BackwardPolicy,
  wanted: readonly boolean[],
) => readonly (Value | undefined)[];

/** Gradients of a layer's trainable weights by parameter, each with the layout of the weight. */
export type WeightRule<L extends Layer> = (site: Site<L>, signal: Value) => Readonly<Record<string, Value>>;
