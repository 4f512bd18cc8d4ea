import type { Layer, LayerName, Weight, WeightName } from '@featurescope/core';
import { checkedShape, type LayerDraft, PendingWeights, type WeightDraft } from '../imported-layers.js';
import { LayerNames } from '../layer-names.js';
import type { Blob, CaffeLayer } from './caffe-layer.js';
import { invalidCaffeNetwork, weightsOutOfProportion } from './errors.js';

const MAX_LAYERS = 20_000;

/** Collects the layers and weights of a network while the layers of a file are read one by one. */
export class CaffeNetwork {
  readonly layers: Layer[] = [];
  private readonly names = new LayerNames();
  private readonly pending: PendingWeights;

  constructor(
    readonly source: string,
    fileBytes: number,
  ) {
    this.pending = new PendingWeights(fileBytes, () => weightsOutOfProportion(source));
  }

  /** Takes a name for the input or a layer; a number is added when it is taken. */
  claim(name: string): LayerName {
    return this.names.claim(name);
  }

  /** Whether a layer was made for the size at which the file is read, so that the network takes no other. */
  isBoundToSize = false;

  /** Adds the layer of ours that stands for one of the file, or an extra one under `<name>/<what>`. @throws FeaturescopeError when its inputs do not fit */
  add(
    from: CaffeLayer,
    draft: LayerDraft,
    inputs: readonly Blob[],
    options: { readonly axes?: 2 | 4; readonly weights?: Readonly<Record<string, WeightDraft>>; readonly extra?: string } = {},
  ): Blob {
    const name = options.extra === undefined ? from.name : this.claim(`${from.name}/${options.extra}`);
    if (this.layers.length >= MAX_LAYERS) throw invalidCaffeNetwork(this.source, `it has more than ${MAX_LAYERS} layers`);
    const layer = { ...draft, name, inputs: inputs.map((input) => input.layer) } as Layer;
    const shape = checkedShape(
      layer,
      inputs.map((input) => input.shape),
      (problem) => from.fail(problem),
    );
    this.layers.push(layer);
    this.pending.add(name, options.weights ?? {});
    return { layer: name, shape, axes: options.axes ?? inputs[0]?.axes ?? 4 };
  }

  /** Lays out all weights. @throws FeaturescopeError when they are out of all proportion to the file */
  weights(): ReadonlyMap<WeightName, Weight> {
    return this.pending.laidOut();
  }
}

/** What a layer of one type becomes: the blob that its top holds. */
export type LayerReader = (layer: CaffeLayer, network: CaffeNetwork) => Blob;
