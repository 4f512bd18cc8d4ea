import { z } from 'zod';
import { invalidModelJson, unsupportedKerasLayer } from './errors.js';
import { KerasCall, type KerasNetwork, type KerasValue, layerName } from './keras-network.js';
import { KERAS_LAYERS } from './layers/index.js';
import { type KerasLayer, parseFunctional, parseSequential } from './schema.js';

const MODEL_KINDS = new Set(['Sequential', 'Model', 'Functional']);
const MAX_NESTING = 16;

/** Applies a layer, or a whole model that stands in place of a layer; answers its outputs. */
export const applyLayer = (layer: KerasLayer, inputs: readonly KerasValue[], network: KerasNetwork, depth = 0): readonly KerasValue[] => {
  if (layer.class_name === 'Sequential') return applySequential(layer, inputs, network, depth + 1);
  if (MODEL_KINDS.has(layer.class_name)) return applyFunctional(layer, inputs, network, depth + 1);
  const convert = KERAS_LAYERS.get(layer.class_name);
  if (convert === undefined) throw unsupportedKerasLayer(network.source, layerName(layer, network.source), layer.class_name, [...KERAS_LAYERS.keys()]);
  return [convert(new KerasCall(layer, inputs, network))];
};

const checkDepth = (depth: number, network: KerasNetwork): void => {
  if (depth > MAX_NESTING) throw invalidModelJson(network.source, `models are nested more than ${MAX_NESTING} deep`);
};

const applySequential = (model: KerasLayer, inputs: readonly KerasValue[], network: KerasNetwork, depth: number): readonly KerasValue[] => {
  checkDepth(depth, network);
  let values = inputs;
  const layers = parseSequential(model.config, network.source);
  network.spend(layers.length + 1);
  for (const layer of layers) {
    if (layer.class_name !== 'InputLayer') values = applyLayer(layer, values, network, depth);
  }
  return values;
};

/** Layer, number of the application, number of the output. */
const REFERENCE = z.tuple([z.string(), z.number().int(), z.number().int()]).rest(z.unknown());
type Reference = readonly [layer: string, application: number, output: number];

const applyFunctional = (model: KerasLayer, inputs: readonly KerasValue[], network: KerasNetwork, depth: number): readonly KerasValue[] => {
  checkDepth(depth, network);
  const { source } = network;
  const { layers, output_layers: outputs } = parseFunctional(model.config, source);
  network.spend(layers.length + 1);
  const results = new Map<string, readonly KerasValue[]>();
  const key = ([layer, application]: Reference): string => `${layer} ${application}`;
  const lookUp = (reference: Reference): KerasValue | undefined => results.get(key(reference))?.[reference[2]];

  interface Application {
    readonly layer: KerasLayer;
    readonly name: string;
    readonly index: number;
    readonly references: readonly Reference[];
  }
  let inputsUsed = 0;
  const waiting: Application[] = [];
  for (const layer of layers) {
    const name = layerName(layer, source);
    if (layer.class_name === 'InputLayer') {
      const value = inputs[inputsUsed++];
      if (value === undefined) throw invalidModelJson(source, `it takes more than ${inputs.length} input; expected one picture`);
      results.set(key([name, 0, 0]), [value]);
    } else {
      network.spend(layer.inbound_nodes?.length ?? 0);
      (layer.inbound_nodes ?? []).forEach((node, index) => waiting.push({ layer, name, index, references: referencesOf(node) }));
    }
  }

  // Files list layers in order of execution nearly always, so that one round is enough.
  let pending = waiting;
  while (pending.length > 0) {
    const later: Application[] = [];
    for (const application of pending) {
      const values = application.references.flatMap((reference) => lookUp(reference) ?? []);
      if (values.length < application.references.length || values.length === 0) later.push(application);
      else results.set(key([application.name, application.index, 0]), applyLayer(application.layer, values, network, depth));
    }
    if (later.length === pending.length) {
      const [stuck] = later;
      const missing = stuck?.references.find((reference) => lookUp(reference) === undefined);
      throw invalidModelJson(source, `layer "${stuck?.name}" takes "${missing?.[0] ?? 'nothing'}", which is missing or depends on it (a cycle)`);
    }
    pending = later;
  }
  return referencesOf(outputs).map((reference) => {
    const value = lookUp(reference);
    if (value === undefined) throw invalidModelJson(source, `its output "${reference[0]}" does not exist`);
    return value;
  });
};

/** All references in a part of the file, in order: `[name, 0, 0, …]` in Keras 1 and 2, `keras_history` in Keras 3. */
const referencesOf = (part: unknown, depth = 0): readonly Reference[] => {
  if (depth > MAX_NESTING || typeof part !== 'object' || part === null) return [];
  const direct = REFERENCE.safeParse(part);
  if (direct.success) return [[direct.data[0], direct.data[1], direct.data[2]]];
  return Object.values(part).flatMap((item) => referencesOf(item, depth + 1));
};
