import { checkAttributes, type Layer, type LayerName, outputShape, type Shape, type Weight, type WeightName } from '@featurescope/core';
import { LayerNames } from '../layer-names.js';
import type { Blob, CaffeLayer } from './caffe-layer.js';
import { invalidCaffeNetwork, weightsOutOfProportion } from './errors.js';

type WithoutNames<L> = L extends Layer ? Omit<L, 'name' | 'inputs' | 'weightsOf'> : never;

/** A layer that is about to get a name and inputs. */
export type LayerDraft = WithoutNames<Layer>;

/** How one weight is laid out, when the whole network is known to fit. */
export interface WeightDraft {
  readonly shape: readonly number[];
  readonly compute: () => Float32Array;
}

const MAX_ACTIVATION = 2 ** 28;
const MAX_LAYERS = 20_000;
/** Values that a small file may ask for: scales of one for each channel, windows of a normalisation. */
const FREE_VALUES = 2 ** 24;

/** Collects the layers and weights of a network while the layers of a file are read one by one. */
export class CaffeNetwork {
  readonly layers: Layer[] = [];
  private readonly pending: (WeightDraft & { readonly name: WeightName })[] = [];
  private readonly names = new LayerNames();
  private values: number;

  constructor(
    readonly source: string,
    fileBytes: number,
  ) {
    this.values = FREE_VALUES + fileBytes;
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
    checkAttributes(layer);
    const shape = outputShape(
      layer,
      inputs.map((input) => input.shape),
    );
    this.checkSize(shape, from);
    this.layers.push(layer);
    for (const [parameter, weight] of Object.entries(options.weights ?? {})) this.pending.push({ name: `${name}/${parameter}`, ...weight });
    return { layer: name, shape, axes: options.axes ?? inputs[0]?.axes ?? 4 };
  }

  private checkSize(shape: Shape, from: CaffeLayer): void {
    const [height, width, channels] = shape;
    if (height * width * channels > MAX_ACTIVATION) throw from.fail(`would give ${shape.join('×')} numbers, more than a gigabyte`);
  }

  /** Lays out all weights. @throws FeaturescopeError when they are out of all proportion to the file */
  weights(): ReadonlyMap<WeightName, Weight> {
    for (const { shape } of this.pending) this.spend(shape.reduce((product, size) => product * size, 1));
    return new Map(this.pending.map(({ name, shape, compute }) => [name, { shape, data: compute() }]));
  }

  private spend(values: number): void {
    this.values -= values;
    if (!(this.values >= 0)) throw weightsOutOfProportion(this.source);
  }
}

/** What a layer of one type becomes: the blob that its top holds. */
export type LayerReader = (layer: CaffeLayer, network: CaffeNetwork) => Blob;
