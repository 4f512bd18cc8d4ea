import { z } from 'zod';
import { invalidModel } from '../keras/errors.js';
import { KERAS_LAYER, parseJson } from '../keras/schema.js';

const NAME = z.string().min(1).max(1000);

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
  const origin = { path: source, format: 'tfjs-layers' } as const;
  const json = parseJson(text, origin);
  if (typeof json === 'object' && json !== null && 'format' in json && json.format === 'graph-model') {
    throw invalidModel(origin, 'it is a graph model, whose layers are lost; convert the network to a layers model or to ONNX');
  }
  const parsed = MODEL_JSON.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidModel(origin, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
};
