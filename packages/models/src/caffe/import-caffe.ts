import { type Extent, type Network, type Shape, validateNetwork } from '@featurescope/core';
import { atFittingSize, type ImportedNetwork, withFreeSize } from '../imported-network.js';
import type { FoundNetwork } from '../loader/format.js';
import { type Blob, CaffeLayer } from './caffe-layer.js';
import { CaffeNetwork } from './caffe-network.js';
import { invalidCaffeNetwork, unsupportedCaffeType } from './errors.js';
import { inputOf, type NetInput, withKnownSize } from './input.js';
import { layersOf } from './layer-types.js';
import { DATA_TYPES, readerOf, SUPPORTED_TYPES, TAKES_LABELS, WITHOUT_ACTIVATION } from './layers/index.js';
import type { BlobProto, LayerParameter, NetParameter } from './messages.js';
import { isIncluded } from './phase.js';
import { preprocessingOf } from './preprocessing.js';

const MAX_NAME = 1000;
const MAX_BOTTOMS = 10_000;

/** Both halves of a Caffe network. */
export interface CaffeFiles {
  readonly net: NetParameter;
  /** Path of the `.prototxt`, for messages. */
  readonly netPath: string;
  readonly weights: NetParameter;
  readonly weightsPath: string;
  /** Size of the weight file, which bounds the weights that are laid out. */
  readonly weightBytes: number;
  /** Mean of each channel of the mean picture that the network names. */
  readonly mean?: readonly number[];
}

/**
 * Turns a Caffe network into one of ours, layer by layer: each keeps its name, weights become [kh, kw, in, out] and maps NHWC. Layers that
 * only training has are left out.
 * @throws FeaturescopeError naming the layer when its type, an option or its weights are not supported
 */
export const importCaffe = (files: CaffeFiles, wanted: Extent | undefined): FoundNetwork => {
  const { net, netPath } = files;
  const all = layersOf(net, netPath);
  const layers = all.filter(isIncluded);
  const blobs = blobsByLayer(files);
  const input = withKnownSize(
    inputOf(net, layers, (name) => blobs.get(name), netPath),
    wanted,
    netPath,
  );
  const preprocessing = preprocessingOf(all, input.channels, files.mean);
  const imported = atFittingSize(netPath, input.size, wanted, (size) => importAt(files, layers, blobs, input, size));
  return { ...imported, ...(preprocessing && { preprocessing }) };
};

const blobsByLayer = ({ weights, weightsPath }: CaffeFiles): ReadonlyMap<string, readonly BlobProto[]> =>
  new Map(layersOf(weights, weightsPath).flatMap(({ name, blobs }) => (name === undefined || blobs === undefined ? [] : [[name, blobs]])));

const importAt = (
  { netPath, weightsPath, weightBytes }: CaffeFiles,
  layers: readonly LayerParameter[],
  stored: ReadonlyMap<string, readonly BlobProto[]>,
  input: NetInput,
  size: Extent,
): ImportedNetwork => {
  const collected = new CaffeNetwork(netPath, weightBytes);
  const shape: Shape = [...size, input.channels];
  const inputName = collected.claim(input.name);
  const tops = new Map<string, Blob>([[input.blob, { layer: inputName, shape, axes: input.axes }]]);
  for (const parameter of layers) {
    const { type = '', name = '' } = parameter;
    if (type === 'Input' || DATA_TYPES.has(type) || WITHOUT_ACTIVATION.has(type)) continue;
    readLayer(
      parameter,
      tops,
      collected,
      (own, bottoms) => new CaffeLayer(parameter, own, bottoms, stored.get(name), netPath, weightsPath),
    );
  }
  const network: Network = {
    input: { name: inputName, shape },
    layers: collected.layers,
    outputs: unused(collected),
    weights: collected.weights(),
  };
  validateNetwork(network, shape);
  return collected.isBoundToSize ? { network, size, fixedSize: true } : withFreeSize(network, size);
};

/** Reads one layer; a top with the name of an earlier blob takes its place, as in layers that work in place. */
const readLayer = (
  { type = '', name = '', bottom = [], top = [] }: LayerParameter,
  tops: Map<string, Blob>,
  network: CaffeNetwork,
  layerOf: (name: string, bottoms: readonly Blob[]) => CaffeLayer,
): void => {
  const { source } = network;
  const shown = name === '' ? (top[0] ?? type) : name;
  if (shown.length > MAX_NAME)
    throw invalidCaffeNetwork(source, `the name of a layer has ${shown.length} characters; expected at most ${MAX_NAME}`);
  if (bottom.length > MAX_BOTTOMS)
    throw invalidCaffeNetwork(source, `its layer "${shown}" has ${bottom.length} bottoms; expected at most ${MAX_BOTTOMS}`);
  const reader = readerOf(type);
  if (reader === undefined) throw unsupportedCaffeType(source, shown, type === '' ? '(none)' : type.slice(0, MAX_NAME), SUPPORTED_TYPES);
  const [output] = top;
  if (output === undefined) throw invalidCaffeNetwork(source, `its layer "${shown}" has no top`);
  const feeding = TAKES_LABELS.has(type) ? bottom.slice(0, 1) : bottom;
  const bottoms = feeding.map((blob) => {
    const found = tops.get(blob);
    if (found === undefined)
      throw invalidCaffeNetwork(source, `its layer "${shown}" takes "${blob.slice(0, MAX_NAME)}", which no layer before it gives`);
    return found;
  });
  const layer = layerOf(network.claim(shown), bottoms);
  if (top.length > 1 && type !== 'Split') throw layer.fail(`has ${top.length} tops; only one is supported`);
  const blob = reader(layer, network);
  for (const each of top) tops.set(each, blob);
};

/** The layers that feed no other, in the order of the file: the last one is the main output. */
const unused = ({ layers }: CaffeNetwork): readonly string[] => {
  const fed = new Set(layers.flatMap(({ inputs }) => inputs));
  return layers.map(({ name }) => name).filter((name) => !fed.has(name));
};
