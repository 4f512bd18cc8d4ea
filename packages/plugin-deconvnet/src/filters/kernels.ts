import { ancestors, type ConvLayer, type Extent, type LayerName, layerByName, type Model, weightOwner } from '@featurescope/core';
import { noConvolution, noSuchFilter, notAConvolution } from './errors.js';

/** The kernels of a convolution. */
export interface Kernels {
  readonly layer: LayerName;
  readonly size: Extent;
  /** Input channels of each filter: fewer than the layer has where it works in groups. */
  readonly channels: number;
  readonly filters: number;
  /** [height, width, channels, filters], as the network has them. */
  readonly data: Float32Array;
  /** Whether the channels are red, green and blue (in the network's order), since nothing but a picture is looked at. */
  readonly coloured: boolean;
}

/** One filter by its number, from 0. */
export interface Filter {
  readonly index: number;
  /** [height, width, channels] */
  readonly values: Float32Array;
}

/** The kernels of a layer, by default of the first convolution. @throws FeaturescopeError when there is none, or the layer is none */
export function kernelsOf({ name, network, input, ...model }: Model, reference: string | number | undefined): Kernels {
  const convolutions = network.layers.filter((layer): layer is ConvLayer => layer.kind === 'conv');
  const [first] = convolutions;
  if (!first) throw noConvolution(name);
  const wanted = reference === undefined ? first.name : model.layer(reference).name;
  const layer = convolutions.find((convolution) => convolution.name === wanted);
  const names = convolutions.map((convolution) => convolution.name);
  if (!layer) throw notAConvolution(wanted, layerByName(network, wanted)?.kind ?? 'layer', names);
  const weight = network.weights.get(`${weightOwner(layer)}/kernel`);
  const [height = 0, width = 0, channels = 0, filters = 0] = weight?.shape ?? [];
  const before = ancestors(network, layer.inputs);
  const seesPictures = input.channels === 3 && !network.layers.some(({ kind, name }) => before.has(name) && !KEEPS_COLOURS.has(kind));
  return {
    layer: layer.name,
    size: [height, width],
    channels,
    filters,
    data: weight?.data ?? new Float32Array(),
    coloured: seesPictures && channels === 3,
  };
}

/** Kinds of layers that leave the channels what they are. */
const KEEPS_COLOURS: ReadonlySet<string> = new Set(['identity', 'pad', 'affine', 'batchNorm', 'dropout', 'constant', 'clip']);

/** The filters asked for, each once, in the order given; the first `most` of all. @throws FeaturescopeError for one that does not exist */
export function filtersOf({ layer, filters, data }: Kernels, units: 'all' | readonly number[], most: number): readonly Filter[] {
  const wanted = units === 'all' ? Array.from({ length: Math.min(filters, most) }, (_, index) => index) : [...new Set(units)];
  return wanted.map((index) => {
    if (index >= filters) throw noSuchFilter(layer, index, filters);
    return { index, values: Float32Array.from({ length: data.length / filters }, (_, i) => data[i * filters + index] ?? 0) };
  });
}
