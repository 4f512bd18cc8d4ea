import type { Layer, LayerName, NetworkInput, Weight, WeightName } from '@featurescope/core';
import { checkedShape, PendingWeights, type WeightDraft } from '../imported-layers.js';
import type { Constant } from './constants.js';
import { tooLarge } from './errors.js';
import type { OnnxNode } from './node.js';
import type { Activation, Axis } from './values.js';

type WithoutName<L> = L extends Layer ? Omit<L, 'name' | 'weightsOf'> : never;

/** A layer that is about to get the name of its node. */
export type LayerDraft = WithoutName<Layer>;

/** Weights of a layer: which constants they come from, and how to lay them out. */
export interface SharedWeights {
  /** The same for two layers that can share their weights. */
  readonly key: string;
  readonly weights: Readonly<Record<string, WeightDraft>>;
}

/** Collects the layers and weights of a network while the nodes of a file are read one by one. */
export class GraphBuilder {
  readonly layers: Layer[] = [];
  private readonly shared = new Map<string, LayerName>();
  private readonly pending: PendingWeights;

  constructor(
    readonly input: NetworkInput,
    /** Size of the batch axis in the file. */
    readonly batch: number,
    source: string,
    fileBytes: number,
  ) {
    this.pending = new PendingWeights(fileBytes, () => tooLarge(source));
  }

  /** Adds the layer of a node and tells what it gives. @throws FeaturescopeError when its inputs do not fit */
  add(node: OnnxNode, draft: LayerDraft, inputs: readonly Activation[], axes: readonly Axis[], weights?: SharedWeights): Activation {
    const owner = weights && this.shared.get(weights.key);
    const layer = { ...draft, name: node.name, ...(owner !== undefined && { weightsOf: owner }) } as Layer;
    const shape = checkedShape(
      layer,
      inputs.map((input) => input.shape),
      (problem) => node.fail(problem),
    );
    this.layers.push(layer);
    if (weights !== undefined && owner === undefined) {
      this.shared.set(weights.key, node.name);
      this.pending.add(node.name, weights.weights);
    }
    return { kind: 'activation', layer: node.name, axes, shape };
  }

  /** Keeps the row of a node that gives a constant. */
  addConstant(node: OnnxNode, constant: Constant): Constant {
    this.layers.push({ kind: 'constant', name: node.name, inputs: [], shape: constant.dims });
    return constant;
  }

  /** Counts values that reading the file makes. @throws FeaturescopeError when they are out of all proportion */
  spend(values: number): void {
    this.pending.spend(values);
  }

  /** Lays out all weights. */
  weights(): ReadonlyMap<WeightName, Weight> {
    return this.pending.laidOut();
  }
}

/** What a node of one operator becomes. Undefined for outputs nobody may use. */
export type Operator = (node: OnnxNode, graph: GraphBuilder) => Activation | Constant;

export const one = (activation: Activation): readonly LayerName[] => [activation.layer];
