import { type Layer, type LayerName, type NetworkInput, outputShape, type Weight, type WeightName } from '@featurescope/core';
import type { Constant } from './constants.js';
import { tooLarge } from './errors.js';
import type { OnnxNode } from './node.js';
import type { Activation, Axis } from './values.js';

type WithoutName<L> = L extends Layer ? Omit<L, 'name' | 'weightsOf'> : never;

/** A layer that is about to get the name of its node. */
export type LayerDraft = WithoutName<Layer>;

/** Weights of a layer: which constants they come from, and how to lay them out. */
export interface WeightDraft {
  /** The same for two layers that can share their weights. */
  readonly key: string;
  readonly weights: Readonly<Record<string, { readonly shape: readonly number[]; readonly compute: () => Float32Array }>>;
}

const MAX_ACTIVATION = 2 ** 28;
/** Weights may be laid out anew for each layer, but not multiplied without end by a small file. */
const FREE_VALUES = 2 ** 24;

/** Collects the layers and weights of a network while the nodes of a file are read one by one. */
export class GraphBuilder {
  readonly layers: Layer[] = [];
  private readonly shared = new Map<string, LayerName>();
  private readonly pending: { readonly name: WeightName; readonly shape: readonly number[]; readonly compute: () => Float32Array }[] = [];
  private values: number;

  constructor(
    readonly input: NetworkInput,
    /** Size of the batch axis in the file. */
    readonly batch: number,
    private readonly source: string,
    fileBytes: number,
  ) {
    this.values = FREE_VALUES + fileBytes;
  }

  /** Adds the layer of a node and tells what it gives. @throws FeaturescopeError when its inputs do not fit */
  add(node: OnnxNode, draft: LayerDraft, inputs: readonly Activation[], axes: readonly Axis[], weights?: WeightDraft): Activation {
    const owner = weights && this.shared.get(weights.key);
    const layer = { ...draft, name: node.name, ...(owner !== undefined && { weightsOf: owner }) } as Layer;
    const shape = outputShape(
      layer,
      inputs.map((input) => input.shape),
    );
    if (shape[0] * shape[1] * shape[2] > MAX_ACTIVATION) throw node.fail(`would give ${shape.join('×')} numbers, more than a gigabyte`);
    this.layers.push(layer);
    if (weights !== undefined && owner === undefined) {
      this.shared.set(weights.key, node.name);
      for (const [parameter, weight] of Object.entries(weights.weights))
        this.pending.push({ name: `${node.name}/${parameter}`, ...weight });
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
    this.values -= values;
    if (!(this.values >= 0)) throw tooLarge(this.source);
  }

  /** Lays out all weights. */
  weights(): ReadonlyMap<WeightName, Weight> {
    return new Map(
      this.pending.map(({ name, shape, compute }) => {
        this.spend(shape.reduce((product, size) => product * size, 1));
        return [name, { shape, data: compute() }];
      }),
    );
  }
}

/** What a node of one operator becomes. Undefined for outputs nobody may use. */
export type Operator = (node: OnnxNode, graph: GraphBuilder) => Activation | Constant;

export const one = (activation: Activation): readonly LayerName[] => [activation.layer];
