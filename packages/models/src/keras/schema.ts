import { z } from 'zod';
import { invalidModel } from './errors.js';
import type { KerasSource } from './source.js';

export const KERAS_LAYER = z.object({
  class_name: z.string(),
  name: z.string().min(1).max(1000).optional(),
  config: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  inbound_nodes: z.array(z.unknown()).optional(),
});
/** A layer as Keras writes it; a whole model may stand in place of a layer. */
export type KerasLayer = z.output<typeof KERAS_LAYER>;

const MODEL_KINDS = new Set(['Sequential', 'Model', 'Functional']);

/** Whether a layer is a model of layers. */
export const isModel = ({ class_name: kind }: KerasLayer): boolean => MODEL_KINDS.has(kind);

/** Models that may stand within each other. */
export const MAX_NESTING = 16;

const LAYERS = z.array(KERAS_LAYER).max(10_000);
const SEQUENTIAL = z.union([LAYERS.transform((layers) => ({ layers })), z.object({ layers: LAYERS })]);
const FUNCTIONAL = z.object({ layers: LAYERS, output_layers: z.unknown() });

export const parseSequential = (config: unknown, source: KerasSource): readonly KerasLayer[] => {
  const parsed = SEQUENTIAL.safeParse(config);
  if (parsed.success) return parsed.data.layers;
  throw invalidModel(source, `a Sequential model lacks its list of layers (${parsed.error.issues[0]?.message})`);
};

export const parseFunctional = (config: unknown, source: KerasSource): z.output<typeof FUNCTIONAL> => {
  const parsed = FUNCTIONAL.safeParse(config);
  if (parsed.success) return parsed.data;
  throw invalidModel(source, `a functional model lacks its list of layers (${parsed.error.issues[0]?.message})`);
};

/** The layers of a model, in the order of the file. */
export const layersOf = (model: KerasLayer, source: KerasSource): readonly KerasLayer[] =>
  model.class_name === 'Sequential' ? parseSequential(model.config, source) : parseFunctional(model.config, source).layers;

export const layerName = (layer: KerasLayer, source: KerasSource): string => {
  const config = Array.isArray(layer.config) ? {} : layer.config;
  const name = layer.name ?? config.name;
  if (typeof name === 'string' && name !== '' && name.length <= 1000) return name;
  throw invalidModel(source, `a layer of the kind ${layer.class_name} has no name`);
};

/** The name of a model within a model; '' where an old file leaves it out. */
export const modelName = ({ name, config }: KerasLayer): string => name ?? (Array.isArray(config) ? '' : String(config.name ?? ''));

/** @throws FeaturescopeError naming the file when the text is not JSON */
export const parseJson = (text: string, source: KerasSource, what = 'it'): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidModel(source, `${what} is not JSON`, cause);
  }
};
