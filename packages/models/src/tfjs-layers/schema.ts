import { z } from 'zod';
import { invalidModelJson } from './errors.js';

const NAME = z.string().min(1).max(1000);

const KERAS_LAYER = z.object({
  class_name: z.string(),
  name: NAME.optional(),
  config: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  inbound_nodes: z.array(z.unknown()).optional(),
});
/** A layer as Keras writes it; a whole model may stand in place of a layer. */
export type KerasLayer = z.output<typeof KERAS_LAYER>;

const WEIGHT = z.object({
  name: NAME,
  shape: z.array(z.number().int().min(0)).max(16),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string(), scale: z.number().default(1), min: z.number().default(0) }).optional(),
});
export type WeightEntry = z.output<typeof WEIGHT>;

const GROUP = z.object({ paths: z.array(NAME).min(1).max(100_000), weights: z.array(WEIGHT) });
export type WeightGroup = z.output<typeof GROUP>;

const MODEL_JSON = z.object({
  format: z.string().optional(),
  modelTopology: z.union([z.object({ model_config: KERAS_LAYER }).transform(({ model_config }) => model_config), KERAS_LAYER]),
  weightsManifest: z.array(GROUP).default([]),
});
export type ModelJson = z.output<typeof MODEL_JSON>;

/** @throws FeaturescopeError naming `source` when the text is not the JSON of a layers model */
export const parseModelJson = (text: string, source: string): ModelJson => {
  const json = parseJson(text, source);
  if (typeof json === 'object' && json !== null && 'format' in json && json.format === 'graph-model') {
    throw invalidModelJson(source, 'it is a graph model, whose layers are lost; convert the network to a layers model or to ONNX');
  }
  const parsed = MODEL_JSON.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidModelJson(source, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
};

const parseJson = (text: string, source: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidModelJson(source, 'it is not JSON', cause);
  }
};

const LAYERS = z.array(KERAS_LAYER).max(10_000);
const SEQUENTIAL = z.union([LAYERS.transform((layers) => ({ layers })), z.object({ layers: LAYERS })]);
const FUNCTIONAL = z.object({ layers: LAYERS, output_layers: z.unknown() });

export const parseSequential = (config: unknown, source: string): readonly KerasLayer[] => {
  const parsed = SEQUENTIAL.safeParse(config);
  if (parsed.success) return parsed.data.layers;
  throw invalidModelJson(source, `a Sequential model lacks its list of layers (${parsed.error.issues[0]?.message})`);
};

export const parseFunctional = (config: unknown, source: string): z.output<typeof FUNCTIONAL> => {
  const parsed = FUNCTIONAL.safeParse(config);
  if (parsed.success) return parsed.data;
  throw invalidModelJson(source, `a functional model lacks its list of layers (${parsed.error.issues[0]?.message})`);
};
