import { checkAttributes, type Layer, type LayerName, outputShape, type Shape, type Weight, type WeightName } from '@featurescope/core';
import { LayerNames } from '../layer-names.js';
import { invalidNetworkFile } from './errors.js';
import type { Fields } from './fields.js';

/** Output of one of our layers, or the picture. */
export interface Activation {
  readonly layer: LayerName;
  readonly shape: Shape;
}

type WithoutNames<L> = L extends Layer ? Omit<L, 'name' | 'inputs' | 'weightsOf'> : never;
export type LayerDraft = WithoutNames<Layer>;

/** A weight that is laid out when all layers have been found to fit. */
export interface WeightDraft {
  readonly shape: readonly number[];
  readonly layOut: () => Float32Array;
}

/** The weights of a layer by parameter; layers with the same `key` share them. */
export interface WeightDrafts {
  readonly key?: string;
  readonly weights: Readonly<Record<string, WeightDraft>>;
}

const MAX_ACTIVATION = 2 ** 28;
/** Weights may be laid out anew for each layer, but not multiplied without end by a small file. */
const FREE_VALUES = 2 ** 24;

/** Collects the layers of a network while those of a file are read one by one. */
export class NetworkBuilder {
  readonly layers: Layer[] = [];
  private readonly names = new LayerNames();
  private readonly owners = new Map<string, LayerName>();
  private readonly shapes = new Map<LayerName, Shape>();
  private readonly pending: (WeightDraft & { readonly name: WeightName })[] = [];

  constructor(readonly source: string) {}

  /** Takes a name; a number is added when it is taken. */
  claim(name: string): LayerName {
    return this.names.claim(name);
  }

  /** Adds a layer. @throws FeaturescopeError when it does not fit its inputs */
  add(name: string, fields: Fields, draft: LayerDraft, inputs: readonly Activation[], drafts?: WeightDrafts): Activation {
    const unique = this.claim(name);
    const owner = drafts?.key === undefined ? undefined : this.owners.get(drafts.key);
    const shared = owner === undefined ? {} : { weightsOf: owner };
    const layer = { ...draft, name: unique, inputs: inputs.map((input) => input.layer), ...shared } as Layer;
    checkAttributes(layer);
    const shape = outputShape(
      layer,
      inputs.map((input) => input.shape),
    );
    if (shape[0] * shape[1] * shape[2] > MAX_ACTIVATION) throw fields.fail(`would give ${shape.join('×')} numbers, more than a gigabyte`);
    this.layers.push(layer);
    this.shapes.set(unique, shape);
    if (drafts !== undefined && owner === undefined) {
      if (drafts.key !== undefined) this.owners.set(drafts.key, unique);
      for (const [parameter, draft] of Object.entries(drafts.weights)) this.pending.push({ ...draft, name: `${unique}/${parameter}` });
    }
    return { layer: unique, shape };
  }

  /** What a layer gives. */
  shapeOf(layer: LayerName): Shape | undefined {
    return this.shapes.get(layer);
  }

  /** Lays out all weights of a file that holds `bytes` of data. @throws FeaturescopeError when they are out of all proportion */
  weights(bytes: number): ReadonlyMap<WeightName, Weight> {
    let left = FREE_VALUES + bytes;
    return new Map(
      this.pending.map(({ name, shape, layOut }) => {
        left -= shape.reduce((product, size) => product * size, 1);
        if (!(left >= 0)) throw invalidNetworkFile(this.source, 'its layers use the same weights over and over');
        return [name, { shape, data: layOut() }];
      }),
    );
  }
}
