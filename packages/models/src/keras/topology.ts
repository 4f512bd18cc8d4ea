import { z } from 'zod';
import { invalidModel, unsupportedKerasLayer } from './errors.js';
import { KerasCall, type KerasNetwork, type KerasValue } from './keras-network.js';
import { KERAS_LAYERS } from './layers/index.js';
import { isModel, type KerasLayer, layerName, MAX_NESTING, modelName, parseFunctional, parseSequential } from './schema.js';

/** Names of the models around a layer, without that of the whole model. */
type Scope = readonly string[];

/** Applies a layer, or a whole model that stands in place of a layer; answers its outputs. */
export const applyLayer = (
  layer: KerasLayer,
  inputs: readonly KerasValue[],
  network: KerasNetwork,
  scope: Scope,
): readonly KerasValue[] => {
  if (isModel(layer)) return applyModel(layer, inputs, network, [...scope, modelName(layer)]);
  const convert = KERAS_LAYERS.get(layer.class_name);
  if (convert === undefined)
    throw unsupportedKerasLayer(network.source, layerName(layer, network.source), layer.class_name, [...KERAS_LAYERS.keys()]);
  return [convert(new KerasCall(layer, inputs, network, scope))];
};

/** Applies a model; its own name is the last of `scope`, except for the whole model. */
export const applyModel = (
  model: KerasLayer,
  inputs: readonly KerasValue[],
  network: KerasNetwork,
  scope: Scope,
): readonly KerasValue[] => {
  checkDepth(scope, network);
  return model.class_name === 'Sequential'
    ? applySequential(model, inputs, network, scope)
    : applyFunctional(model, inputs, network, scope);
};

const checkDepth = (scope: Scope, network: KerasNetwork): void => {
  if (scope.length > MAX_NESTING) throw invalidModel(network.source, `models are nested more than ${MAX_NESTING} deep`);
};

const applySequential = (model: KerasLayer, inputs: readonly KerasValue[], network: KerasNetwork, scope: Scope): readonly KerasValue[] => {
  let values = inputs;
  const layers = parseSequential(model.config, network.source);
  network.spend(layers.length + 1);
  for (const layer of layers) {
    if (layer.class_name !== 'InputLayer') values = applyLayer(layer, values, network, scope);
  }
  return values;
};

/** Layer, number of the application, number of the output. */
const REFERENCE = z.tuple([z.string(), z.number().int(), z.number().int()]).rest(z.unknown());
type Reference = readonly [layer: string, application: number, output: number];

/** One use of a layer in a functional model. */
interface Application {
  readonly layer: KerasLayer;
  readonly name: string;
  readonly index: number;
  readonly references: readonly Reference[];
}

/** Values by the layer and application that gave them. */
class Results {
  private readonly values = new Map<string, readonly KerasValue[]>();

  set(layer: string, application: number, values: readonly KerasValue[]): void {
    this.values.set(`${application} ${layer}`, values);
  }

  get([layer, application, output]: Reference): KerasValue | undefined {
    return this.values.get(`${application} ${layer}`)?.[output];
  }
}

const applyFunctional = (model: KerasLayer, inputs: readonly KerasValue[], network: KerasNetwork, scope: Scope): readonly KerasValue[] => {
  const { source } = network;
  const { layers, output_layers: outputs } = parseFunctional(model.config, source);
  network.spend(layers.length + 1);

  const results = new Results();
  const pictures = layers.filter((layer) => layer.class_name === 'InputLayer');
  pictures.forEach((layer, i) => {
    const value = inputs[i];
    if (value === undefined) throw invalidModel(source, `it takes ${pictures.length} inputs; expected one picture`);
    results.set(layerName(layer, source), 0, [value]);
  });
  applyAll(applicationsIn(layers, network), results, network, scope);
  return referencesOf(outputs).map((reference) => {
    const value = results.get(reference);
    if (value === undefined) throw invalidModel(source, `its output "${reference[0]}" does not exist`);
    return value;
  });
};

const applicationsIn = (layers: readonly KerasLayer[], network: KerasNetwork): readonly Application[] =>
  layers.flatMap((layer) => {
    if (layer.class_name === 'InputLayer') return [];
    const nodes = layer.inbound_nodes ?? [];
    network.spend(nodes.length);
    const name = layerName(layer, network.source);
    return nodes.map((node, index) => ({ layer, name, index, references: referencesOf(node) }));
  });

/** Files list layers in order of execution nearly always, so that one round is enough. */
const applyAll = (applications: readonly Application[], results: Results, network: KerasNetwork, scope: Scope): void => {
  let pending = applications;
  while (pending.length > 0) {
    const later: Application[] = [];
    for (const application of pending) {
      const { layer, name, index, references } = application;
      const values = references.flatMap((reference) => results.get(reference) ?? []);
      if (values.length < references.length || values.length === 0) later.push(application);
      else results.set(name, index, applyLayer(layer, values, network, scope));
    }
    if (later.length === pending.length) {
      const [stuck] = later;
      const missing = stuck?.references.find((reference) => results.get(reference) === undefined);
      throw invalidModel(
        network.source,
        `layer "${stuck?.name}" takes "${missing?.[0] ?? 'nothing'}", which is missing or depends on it (a cycle)`,
      );
    }
    pending = later;
  }
};

/** All references in a part of the file, in order: `[name, 0, 0, …]` in Keras 1 and 2, `keras_history` in Keras 3. */
const referencesOf = (part: unknown, depth = 0): readonly Reference[] => {
  if (depth > MAX_NESTING || typeof part !== 'object' || part === null) return [];
  const direct = REFERENCE.safeParse(part);
  if (direct.success) return [[direct.data[0], direct.data[1], direct.data[2]]];
  return Object.values(part).flatMap((item) => referencesOf(item, depth + 1));
};
