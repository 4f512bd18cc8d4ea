import { type Extent, type NetworkInput, type Shape, validateNetwork } from '@featurescope/core';
import { decodeModel, type ModelProto, OnnxFormatError } from '@featurescope/onnx';
import { atFittingSize, type ImportedNetwork, withFreeSize } from '../imported-network.js';
import { type Constant, constantFromTensor, type ExternalData, externalLocation } from './constants.js';
import { invalidOnnxFile, missingValue, unsupportedOperator, unsupportedOpset } from './errors.js';
import { joinParts } from './export/join-parts.js';
import { meansItsSize, notedSize } from './export/notes.js';
import { GraphBuilder } from './graph-builder.js';
import { type GraphInput, graphInput } from './input.js';
import { OnnxNode } from './node.js';
import { operatorOf, SUPPORTED_OPERATORS } from './operators/index.js';
import { inExecutionOrder, layerNames } from './order.js';
import type { Value } from './values.js';

const OPSETS: readonly [number, number] = [7, 23];

export interface OnnxOptions {
  /** Size at which a network that takes any size will be used. */
  readonly size?: Extent;
  /** Files beside the model, by the location that its tensors name. */
  readonly external?: ExternalData;
}

/** The file a model is decoded from. */
export interface OnnxFile {
  readonly model: ModelProto;
  readonly bytes: number;
}

/** @throws FeaturescopeError naming `source` when the bytes are no ONNX model */
export const decodeOnnx = (bytes: Uint8Array, source: string): OnnxFile => {
  try {
    return { model: decodeModel(bytes), bytes: bytes.length };
  } catch (error) {
    throw error instanceof OnnxFormatError ? invalidOnnxFile(source, error.message, error) : error;
  }
};

/** Names of the files beside the model that hold its weights; none for most models. */
export const externalFiles = ({ model }: OnnxFile): readonly string[] => [
  ...new Set((model.graph?.initializer ?? []).flatMap((tensor) => (tensor.dataLocation === 1 ? (externalLocation(tensor) ?? []) : []))),
];

/**
 * Turns an ONNX model into a network, node by node: every node keeps a layer under its own name, weights become
 * [kh, kw, in, out] and activations NHWC.
 * @throws FeaturescopeError naming the node when an operator, attribute or size is not supported
 */
export const importOnnx = (file: OnnxFile, source: string, options: OnnxOptions = {}): ImportedNetwork => {
  checkVersions(file.model, source);
  const initializers = initialValues(file, source, options.external ?? new Map());
  const input = graphInput(file.model, new Set(initializers.keys()), source);
  return atFittingSize(source, [input.height, input.width], options.size ?? notedSize(file.model), (size) =>
    importAt(file, source, input, size, initializers, options),
  );
};

const checkVersions = ({ graph, opsetImport }: ModelProto, source: string): void => {
  if (graph === undefined || graph.node.length === 0) throw invalidOnnxFile(source, 'it contains no graph');
  const version = opsetOf(opsetImport);
  const [least, most] = OPSETS;
  if (version < least || version > most) throw unsupportedOpset(source, `operator set ${version}`, `operator set ${least} to ${most}`);
};

const opsetOf = (imports: ModelProto['opsetImport']): number =>
  imports.find(({ domain }) => domain === undefined || domain === '' || domain === 'ai.onnx')?.version ?? 1;

const initialValues = (file: OnnxFile, source: string, external: ExternalData): ReadonlyMap<string, Constant> => {
  const values = new Map<string, Constant>();
  for (const tensor of file.model.graph?.initializer ?? []) {
    const name = tensor.name ?? '';
    values.set(name, constantFromTensor(tensor, name, source, external));
  }
  return values;
};

const importAt = (
  file: OnnxFile,
  source: string,
  input: GraphInput,
  size: Extent,
  initializers: ReadonlyMap<string, Constant>,
  options: OnnxOptions,
): ImportedNetwork => {
  const external = options.external ?? new Map<string, Uint8Array>();
  const externalBytes = [...external.values()].reduce((sum, { length }) => sum + length, 0);
  const shape: Shape = [...size, input.channels];
  const networkInput: NetworkInput = { name: input.name, shape };
  const graph = new GraphBuilder(networkInput, input.batch, source, file.bytes + externalBytes);
  const values = new Map<string, Value>(initializers);
  values.set(input.name, { kind: 'activation', layer: input.name, axes: input.axes, shape });

  const opset = opsetOf(file.model.opsetImport);
  const nodes = inExecutionOrder(file.model.graph?.node ?? [], source);
  const names = layerNames(nodes, [input.name]);
  nodes.forEach((proto, i) => {
    const name = names[i] ?? '';
    const domain = proto.domain ?? '';
    const operator = domain === '' || domain === 'ai.onnx' ? operatorOf(proto.opType ?? '') : undefined;
    if (operator === undefined) {
      const full = domain === '' || domain === 'ai.onnx' ? (proto.opType ?? '(none)') : `${domain}.${proto.opType}`;
      throw unsupportedOperator(source, name, full, SUPPORTED_OPERATORS);
    }
    const result = operator(new OnnxNode(proto, name, opset, source, values, external), graph);
    const [output] = proto.output;
    if (output) values.set(output, result);
  });

  const outputs = graphOutputs(file.model, values, source);
  const network = joinParts(file.model, { input: networkInput, layers: graph.layers, outputs, weights: graph.weights() }, shape);
  validateNetwork(network, shape);
  const fixed = meansItsSize(file.model) && input.height !== null && input.width !== null;
  return fixed ? { network, size, fixedSize: true } : withFreeSize(network, size);
};

/** The first output of the file is its main one, and comes last here. */
const graphOutputs = ({ graph }: ModelProto, values: ReadonlyMap<string, Value>, source: string): readonly string[] => {
  const layers = (graph?.output ?? []).flatMap(({ name = '' }) => {
    const value = values.get(name);
    if (value === undefined) throw missingValue(source, 'the list of outputs', name);
    return value.kind === 'activation' ? [value.layer] : [];
  });
  if (layers.length === 0) throw invalidOnnxFile(source, 'none of its outputs depends on its input');
  return [...new Set(layers)].reverse();
};
