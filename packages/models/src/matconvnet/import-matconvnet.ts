import { type Extent, isFeaturescopeError, type LayerName, type Network, type Shape, validateNetwork } from '@featurescope/core';
import { atFittingSize, withFreeSize } from '../imported-network.js';
import type { FoundNetwork } from '../loader/format.js';
import { addDagLayers, readDagNet } from './dagnn.js';
import { invalidNetworkFile } from './errors.js';
import type { Fields } from './fields.js';
import { findNet } from './find-net.js';
import { declaredInput, labelsOf, metaOf, preprocessingOf } from './meta.js';
import { type Activation, NetworkBuilder } from './network-builder.js';
import { addSimpleLayers, simpleLayers } from './simplenn.js';
import { countOf, describeValue, type MatFile, type MatNumbers } from './value.js';

/** A network of either kind before its picture has a size. */
interface Unsized {
  readonly layers: readonly { readonly name: string; readonly type: string; readonly params: readonly (MatNumbers | undefined)[] }[];
  readonly input: string;
  add(picture: Activation, network: NetworkBuilder): readonly LayerName[];
}

/** Ten times the layers of the largest networks. */
const MAX_LAYERS = 5000;

/** Sizes of common pictures, tried in turn for a network that does not say its own. */
const SIZES = [28, 32, 48, 64, 96, 128, 224, 227, 256];

/**
 * Turns a MatConvNet network (SimpleNN or a saved DagNN) into ours, layer by layer: `net.layers{k}` of a SimpleNN is layer k here,
 * fully connected layers stay convolutions, and weights become [kh, kw, in, out].
 * @throws FeaturescopeError naming the layer when its type, an option or its weights are not supported
 */
export const importMatConvNet = (file: MatFile, source: string, wanted?: Extent): FoundNetwork => {
  const net = findNet(file, source);
  const meta = metaOf(net);
  const unsized = readLayers(net);
  const declared = declaredInput(meta);
  const channels = declared.channels ?? firstFilters(unsized, source).dims[2] ?? 1;
  const build = (size: Extent) => buildAt(unsized, [...size, channels], source, file.size());
  const size = declared.size ?? (wanted ? undefined : sizeOfOneOutput(build)) ?? ([null, null] as const);
  return atFittingSize(source, size, wanted, (fitting) => {
    const shape: Shape = [...fitting, channels];
    const { network: built, input, outputs } = build(fitting);
    const network: Network = { input: { name: input, shape }, layers: built.layers, outputs, weights: built.weights() };
    validateNetwork(network, shape);
    const preprocessing = preprocessingOf(meta, channels);
    const classes = built.shapeOf(outputs.at(-1) ?? '')?.[2] ?? 0;
    const labels = labelsOf(meta, classes);
    return { ...withFreeSize(network, fitting), ...(preprocessing && { preprocessing }), ...(labels && { labels }) };
  });
};

const readLayers = (net: Fields): Unsized => {
  const layers = net.value('layers');
  const count = layers === undefined || layers.kind === 'unreadable' ? 0 : countOf(layers);
  if (count > MAX_LAYERS) throw invalidNetworkFile(net.source, `it has ${count} layers; expected at most ${MAX_LAYERS}`);
  switch (layers?.kind) {
    case 'cell': {
      const read = simpleLayers(layers, net.source);
      return { layers: read, input: 'input', add: (picture, network) => addSimpleLayers(read, picture, network) };
    }
    case 'struct': {
      const dag = readDagNet(net, layers);
      return { ...dag, add: (picture, network) => addDagLayers(dag, picture, network) };
    }
    default:
      throw invalidNetworkFile(
        net.source,
        `its layers are ${layers ? describeValue(layers) : 'empty'}; expected a cell array (SimpleNN) or a structure array (DagNN)`,
      );
  }
};

const buildAt = ({ layers, input, add }: Unsized, shape: Shape, source: string, bytes: number) => {
  const network = new NetworkBuilder(source, bytes);
  const names = new Set(layers.map(({ name }) => name));
  let free = input;
  // Layers keep their names; the picture has none in SimpleNN.
  while (names.has(free)) free = `${free}#picture`;
  const picture = { layer: network.claim(free), shape };
  return { network, input: picture.layer, outputs: add(picture, network) };
};

/** The filters of the first convolution, whose channels are those of the picture. */
const firstFilters = ({ layers }: Unsized, source: string): MatNumbers => {
  const filters = layers.find(({ type }) => type.toLowerCase().endsWith('conv'))?.params[0];
  if (filters !== undefined) return filters;
  throw invalidNetworkFile(
    source,
    'it says neither by meta.normalization.imageSize nor by a convolution how many channels its pictures have',
  );
};

/** The first common size for which the network gives one position. */
const sizeOfOneOutput = (build: (size: Extent) => ReturnType<typeof buildAt>): Extent | undefined =>
  SIZES.map((size): Extent => [size, size]).find((size) => {
    try {
      const { network, outputs } = build(size);
      const [height, width] = network.shapeOf(outputs.at(-1) ?? '') ?? [0, 0];
      return height === 1 && width === 1;
    } catch (error) {
      if (isFeaturescopeError(error) && error.code === 'network/layer-does-not-fit') return false;
      throw error;
    }
  });
