import type { Layer, LayerName, Shape, Weight, WeightName } from '@featurescope/core';
import { checkedShape, type LayerDraft, PendingWeights, type WeightDraft } from '../imported-layers.js';
import { LayerNames } from '../layer-names.js';
import { invalidNetworkFile } from './errors.js';
import type { Fields } from './fields.js';

/** Output of one of our layers, or the picture. */
export interface Activation {
  readonly layer: LayerName;
  readonly shape: Shape;
}

/** The weights of a layer by parameter; layers with the same `key` share them. */
export interface WeightDrafts {
  readonly key?: string;
  readonly weights: Readonly<Record<string, WeightDraft>>;
}

/** Collects the layers of a network while those of a file are read one by one. */
export class NetworkBuilder {
  readonly layers: Layer[] = [];
  private readonly names = new LayerNames();
  private readonly owners = new Map<string, LayerName>();
  private readonly shapes = new Map<LayerName, Shape>();
  private readonly pending: PendingWeights;

  /** For a file that holds `bytes` of data. */
  constructor(
    readonly source: string,
    bytes: number,
  ) {
    this.pending = new PendingWeights(bytes, () => invalidNetworkFile(source, 'its layers use the same weights over and over'));
  }

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
    const shape = checkedShape(
      layer,
      inputs.map((input) => input.shape),
      (problem) => fields.fail(problem),
    );
    this.layers.push(layer);
    this.shapes.set(unique, shape);
    if (drafts !== undefined && owner === undefined) {
      if (drafts.key !== undefined) this.owners.set(drafts.key, unique);
      this.pending.add(unique, drafts.weights);
    }
    return { layer: unique, shape };
  }

  /** What a layer gives. */
  shapeOf(layer: LayerName): Shape | undefined {
    return this.shapes.get(layer);
  }

  /** Lays out all weights. @throws FeaturescopeError when they are out of all proportion to the file */
  weights(): ReadonlyMap<WeightName, Weight> {
    return this.pending.laidOut();
  }
}
