import { z } from 'zod';
import { isFeaturescopeError } from '../errors.js';
import type { InputSpec } from '../model/input-spec.js';
import type { Network, Weight } from '../network/network.js';
import { validateNetwork } from '../network/validate.js';
import { weightNames } from '../network/weights.js';
import { notAModelFile } from './errors.js';
import { INPUT_SPEC_SCHEMA, NETWORK_SCHEMA } from './model-file-schema.js';
import { decodeSafetensors, encodeSafetensors, type FloatType, type TensorData } from './safetensors.js';

/** A network with what is needed to use it, as one safetensors file. */
export interface ModelFile {
  readonly name: string;
  readonly network: Network;
  readonly input: InputSpec;
  readonly labels?: readonly string[];
  /** How the weights came to be: free JSON, for example the training epoch and accuracy. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Further tensors, such as the state of an optimiser; always stored in full precision. */
  readonly state?: ReadonlyMap<string, TensorData>;
}

const METADATA_KEY = 'featurescope';
const FORMAT_VERSION = 1;

const DESCRIPTION = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  name: z.string().min(1).max(200),
  network: NETWORK_SCHEMA,
  inputSpec: INPUT_SPEC_SCHEMA,
  labels: z.array(z.string().max(10_000)).max(1_000_000).exactOptional(),
  details: z.record(z.string(), z.unknown()).exactOptional(),
});

/** The bytes of a model file; weights in half precision when `weights` is `F16`. @throws FeaturescopeError when a weight cannot be stored so */
export const encodeModelFile = (file: ModelFile, weights: FloatType = 'F32'): Uint8Array<ArrayBuffer> => {
  const { name, network, input: inputSpec, labels, details, state = new Map<string, TensorData>() } = file;
  const description = {
    formatVersion: FORMAT_VERSION,
    name,
    network: { input: network.input, layers: network.layers, outputs: network.outputs },
    inputSpec,
    ...(labels && { labels: [...labels] }),
    ...(details && { details }),
  };
  return encodeSafetensors(new Map<string, TensorData>([...network.weights, ...state]), {
    dtype: (tensor) => (network.weights.has(tensor) ? weights : 'F32'),
    metadata: { [METADATA_KEY]: JSON.stringify(description) },
  });
};

/** Reads a model file. @throws FeaturescopeError naming `source` when it is malformed, no model, or its network cannot be run */
export const decodeModelFile = (bytes: Uint8Array, source: string): ModelFile => {
  const { tensors, metadata } = decodeSafetensors(bytes, source);
  const text = metadata[METADATA_KEY];
  if (text === undefined) throw notAModelFile(source, `it has no metadata under the key "${METADATA_KEY}"`);
  const { name, network: graph, inputSpec, labels, details } = parseDescription(text, source);

  if (graph.input.shape[2] !== inputSpec.channels) {
    throw notAModelFile(
      source,
      `its network takes ${graph.input.shape[2]} channels, but its input specification names ${inputSpec.channels}`,
    );
  }
  const used = new Set(graph.layers.flatMap(weightNames));
  const weights = new Map<string, Weight>();
  const state = new Map<string, TensorData>();
  for (const [tensor, { shape, data }] of tensors) {
    if (used.has(tensor) && data instanceof Float32Array) weights.set(tensor, { shape, data });
    else state.set(tensor, { shape, data });
  }
  const network: Network = { ...graph, weights };
  try {
    if (used.size > 0 && weights.size === 0) throw notAModelFile(source, 'it holds no weights');
    validateNetwork(network, [
      network.input.shape[0] ?? inputSpec.size[0],
      network.input.shape[1] ?? inputSpec.size[1],
      network.input.shape[2],
    ]);
  } catch (error) {
    throw isFeaturescopeError(error) && error.code !== 'file/no-model' ? notAModelFile(source, error.message) : error;
  }
  return { name, network, input: inputSpec, ...(labels && { labels }), ...(details && { details }), ...(state.size > 0 && { state }) };
};

const parseDescription = (text: string, source: string): z.output<typeof DESCRIPTION> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notAModelFile(source, 'its description is not JSON');
  }
  const parsed = DESCRIPTION.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notAModelFile(source, `its description is wrong at ${issue?.path.join('.') || 'the top'}: ${issue?.message}`);
};
