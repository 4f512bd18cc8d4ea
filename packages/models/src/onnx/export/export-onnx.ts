import { inferShapes, type ModelFile, type Network, type Shape } from '@featurescope/core';
import { DataType, encodeModel, type Loose, type ValueInfoProto, valueInfo } from '@featurescope/onnx';
import { notExpressible, tooLarge } from './errors.js';
import { GraphWriter, type Precision } from './graph-writer.js';
import { writerOf } from './layers/index.js';
import { producer, sizeMetadata } from './notes.js';
import { Site, type Written } from './site.js';

/** The newest operator set whose pools in ONNX Runtime count windows and their summands at the border as ours do. */
const OPSET = 17;
const IR_VERSION = 8;

/** A protobuf message is shorter than two gigabytes; nodes and names take a part of it. */
const MAX_WEIGHTS = 2 ** 31 - 2 ** 24;

export interface OnnxExportOptions {
  /** How weights are stored; they are computed with in single precision. Default: `float32`. */
  readonly precision?: Precision;
}

/**
 * The bytes of an ONNX file (operator set 17, maps [N, C, H, W]) with a node for each layer under the layer's name. Where a layer
 * needs several, the others are called `<layer>/<what>` and say what they are a part of, so that reading the file again gives the
 * same layers. Preprocessing and labels are not in it.
 * @throws FeaturescopeError naming the layer that ONNX cannot express
 */
export const exportOnnx = (model: Pick<ModelFile, 'name' | 'network' | 'input'>, options: OnnxExportOptions = {}): Uint8Array => {
  const { network, input } = model;
  const { precision = 'float32' } = options;
  checkLength(network, precision);
  const [height, width] = sizeOf(network, input);
  const size = [height ?? input.size[0], width ?? input.size[1]] as const;
  const fixedSize = height !== null && width !== null;
  const graph = new GraphWriter(network, precision);
  const written = writeLayers(network, [...size, input.channels], graph, fixedSize);
  return encodeModel({
    irVersion: IR_VERSION,
    ...producer,
    opsetImport: [{ domain: '', version: OPSET }],
    ...(!fixedSize && { metadataProps: sizeMetadata(size) }),
    graph: {
      name: model.name,
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo(network.input.name, DataType.FLOAT, ['batch', input.channels, height ?? 'height', width ?? 'width'])],
      output: outputsOf(network, written, fixedSize),
    },
  });
};

/** Height and width where the network takes no others. */
const sizeOf = ({ input: { shape } }: Network, { size, fixedSize }: ModelFile['input']): readonly [number | null, number | null] =>
  fixedSize ? size : [shape[0], shape[1]];

const checkLength = ({ weights }: Network, precision: Precision): void => {
  let bytes = 0;
  for (const { data } of weights.values()) bytes += data.length * (precision === 'float16' ? 2 : 4);
  if (bytes > MAX_WEIGHTS) throw tooLarge(bytes, MAX_WEIGHTS);
};

const writeLayers = (network: Network, shape: Shape, graph: GraphWriter, fixedSize: boolean): ReadonlyMap<string, Written> => {
  const shapes = inferShapes(network, shape);
  const written = new Map<string, Written>([[network.input.name, { name: network.input.name, form: 'map', shape }]]);
  for (const layer of network.layers) {
    const inputs = layer.inputs.flatMap((name) => written.get(name) ?? []);
    const form = writerOf(layer)(new Site(layer, inputs, graph, fixedSize));
    written.set(layer.name, { name: layer.name, form, shape: shapes.get(layer.name) ?? [1, 1, 1] });
  }
  return written;
};

/** The main output, which is the last of a network, comes first in a file. */
const outputsOf = (network: Network, written: ReadonlyMap<string, Written>, fixedSize: boolean): readonly Loose<ValueInfoProto>[] =>
  [...new Set(network.outputs)].reverse().map((name) => {
    const { form = 'map', shape = [1, 1, 1] } = written.get(name) ?? {};
    const layer = network.layers.find((candidate) => candidate.name === name);
    if (layer?.kind === 'constant') throw notExpressible(layer, 'it is an output, but its values are not kept');
    const [height, width, channels] = shape;
    const map = fixedSize ? [height, width] : [`${name}:height`, `${name}:width`];
    return valueInfo(name, DataType.FLOAT, ['batch', channels, ...(form === 'map' ? map : [])]);
  });
