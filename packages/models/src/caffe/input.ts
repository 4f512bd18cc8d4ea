import type { Extent } from '@featurescope/core';
import { invalidCaffeNetwork } from './errors.js';
import { DATA_TYPES } from './layers/index.js';
import type { BlobProto, LayerParameter, NetParameter } from './messages.js';

/** The pictures that a network takes. */
export interface NetInput {
  /** Name of the layer, or of the blob where there is no layer. */
  readonly name: string;
  readonly blob: string;
  readonly size: readonly [height: number | null, width: number | null];
  readonly channels: number;
  /** Number of its axes in Caffe. */
  readonly axes: 2 | 4;
}

const MAX_SIZE = 2 ** 16;

interface StatedInput {
  readonly name: string;
  readonly blob: string;
  readonly dims: readonly number[];
}

/**
 * The one input that a network states, or what its data layer says of the pictures that it reads.
 * @throws FeaturescopeError when there is none, or several, or its shape is not stated
 */
export const inputOf = (
  net: NetParameter,
  layers: readonly LayerParameter[],
  weightsOf: (layer: string) => readonly BlobProto[] | undefined,
  source: string,
): NetInput => {
  const stated = [...ofFields(net), ...layers.filter(({ type }) => type === 'Input').flatMap(ofLayer)];
  const [input] = stated;
  if (stated.length > 1) {
    const blobs = stated.slice(0, 10).map(({ blob }) => `"${blob}"`);
    throw invalidCaffeNetwork(source, `it takes ${stated.length} inputs (${blobs.join(', ')}); expected one picture`);
  }
  return input === undefined ? ofDataLayer(layers, weightsOf, source) : checked(input, source);
};

const ofFields = ({ input = [], input_dim = [], input_shape = [] }: NetParameter): readonly StatedInput[] =>
  input.map((blob, i) => ({ name: blob, blob, dims: input_shape[i]?.dim ?? input_dim.slice(4 * i, 4 * i + 4) }));

const ofLayer = ({ name = '', top = [], input_param }: LayerParameter): readonly StatedInput[] =>
  top.map((blob, i) => {
    const shapes = input_param?.shape ?? [];
    return { name: top.length === 1 && name !== '' ? name : blob, blob, dims: (shapes[i] ?? shapes[0])?.dim ?? [] };
  });

const checked = ({ name, blob, dims }: StatedInput, source: string): NetInput => {
  const fits = (dims.length === 4 || dims.length === 2) && dims.slice(1).every((size) => size >= 1 && size <= MAX_SIZE);
  const [, channels, height = 1, width = 1] = dims;
  if (fits && channels !== undefined) return { name, blob, size: [height, width], channels, axes: dims.length === 2 ? 2 : 4 };
  const shown = dims.length === 0 ? 'states no shape' : `has the shape [${dims.slice(0, 8).join(', ')}]`;
  throw invalidCaffeNetwork(source, `its input "${blob}" ${shown}; expected [batch, channels, height, width]`);
};

const ofDataLayer = (
  layers: readonly LayerParameter[],
  weightsOf: (layer: string) => readonly BlobProto[] | undefined,
  source: string,
): NetInput => {
  const data = layers.find(({ type = '' }) => DATA_TYPES.has(type));
  const blob = data?.top?.[0];
  if (data === undefined || blob === undefined)
    throw invalidCaffeNetwork(source, 'it has no input (an Input layer, or `input` and its shape)');
  const side = data.transform_param?.crop_size ?? 0;
  if (side > MAX_SIZE) throw invalidCaffeNetwork(source, `its data layer crops pictures to ${side}; expected at most ${MAX_SIZE}`);
  const channels = channelsOf(blob, layers, weightsOf);
  const size = side >= 1 ? side : null;
  if (channels !== undefined) return { name: data.name ?? blob, blob, size: [size, size], channels, axes: 4 };
  throw noShape(source, data.type ?? '', data.name ?? blob);
};

const noShape = (source: string, type: string, name: string) =>
  invalidCaffeNetwork(
    source,
    `its ${type} layer "${name}" does not say the size of its pictures (this is a network for training); give its deploy.prototxt`,
  );

/** Those that the first convolution was trained for. */
const channelsOf = (
  blob: string,
  layers: readonly LayerParameter[],
  weightsOf: (layer: string) => readonly BlobProto[] | undefined,
): number | undefined => {
  const first = layers.find(({ type, bottom = [] }) => type === 'Convolution' && bottom[0] === blob);
  const kernel = weightsOf(first?.name ?? '')?.[0];
  const depth = kernel?.shape?.dim?.[1] ?? kernel?.channels;
  const channels = (depth ?? 0) * (first?.convolution_param?.group ?? 1);
  return channels >= 1 && channels <= MAX_SIZE ? channels : undefined;
};

/** Where a size must be known that the file does not state. @throws FeaturescopeError naming the data layer */
export const withKnownSize = (input: NetInput, wanted: Extent | undefined, source: string): NetInput => {
  if (wanted === undefined && input.size.includes(null)) throw noShape(source, 'data', input.name);
  return input;
};
