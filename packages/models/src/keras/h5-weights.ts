import type { Weight } from '@featurescope/core';
import type { Hdf5File } from '../hdf5/index.js';
import { invalidModel } from './errors.js';
import type { KerasPlace, KerasWeights } from './keras-network.js';
import { type Parameter, parametersOf } from './parameters.js';
import { isModel, type KerasLayer, layerName, layersOf, MAX_NESTING, modelName } from './schema.js';
import type { KerasSource } from './source.js';

/**
 * Reads the weights of a `.h5` file. The group of each layer lists its weights by names that differ between versions and backends, but
 * always in one order: first what training changes, then the rest, each layer after layer.
 */
export const readH5Weights = (file: Hdf5File, root: string, model: KerasLayer, source: KerasSource): KerasWeights => {
  const weights = new Map<string, Weight>();
  for (const layer of layersOf(model, source)) {
    const { trained, others } = orderedParameters(layer, [], source);
    const expected = [...trained, ...others];
    if (expected.length === 0) continue;
    const name = layerName(layer, source);
    const group = `${root}/${name}`;
    const stored = file.kind(group) === 'group' ? listOf(file, group, 'weight_names') : [];
    if (stored.length !== expected.length)
      throw invalidModel(source, `it holds ${stored.length} weights for the layer "${name}"; expected ${expected.length}`);
    for (const [i, parameter] of expected.entries())
      weights.set(keyOf(parameter, parameter.parameter), readWeight(file, `${group}/${stored[i]}`));
  }
  return (place, parameter) => weights.get(keyOf(place, parameter));
};

/** One key for the weights of one layer, wherever it is applied. */
export const keyOf = ({ scope, name }: KerasPlace, parameter: string): string => [...scope, name, parameter].join('/');

/** A list of names, which Keras cuts into `weight_names0`, `weight_names1`, … when it is too long for one attribute. */
const listOf = (file: Hdf5File, path: string, attribute: string): readonly string[] => {
  const whole = file.attribute(path, attribute);
  if (Array.isArray(whole)) return whole.map(String);
  const names: string[] = [];
  for (let i = 0; ; i++) {
    const part = file.attribute(path, `${attribute}${i}`);
    if (!Array.isArray(part)) return names;
    for (const name of part) names.push(String(name));
  }
};

export const readWeight = (file: Hdf5File, path: string): Weight => {
  const dataset = file.dataset(path);
  const numbers = dataset.numbers();
  return { shape: dataset.shape, data: numbers instanceof Float32Array ? numbers : Float32Array.from(numbers) };
};

interface Ordered {
  readonly trained: readonly Parameter[];
  readonly others: readonly Parameter[];
}

/** The weights of a layer, or of all layers of a model in its place; those of a frozen layer all count as the rest. */
const orderedParameters = (layer: KerasLayer, scope: readonly string[], source: KerasSource): Ordered => {
  if (scope.length > MAX_NESTING) throw invalidModel(source, `models are nested more than ${MAX_NESTING} deep`);
  const { trained, others } = isModel(layer) ? withinModel(layer, scope, source) : ownParameters(layer, scope, source);
  return isFrozen(layer) ? { trained: [], others: [...trained, ...others] } : { trained, others };
};

const ownParameters = (layer: KerasLayer, scope: readonly string[], source: KerasSource): Ordered => {
  const { trained, others } = parametersOf(layer, source);
  if (trained.length + others.length === 0) return { trained: [], others: [] };
  const name = layerName(layer, source);
  const placed = (names: readonly string[]) => names.map((parameter) => ({ scope, name, parameter }));
  return { trained: placed(trained), others: placed(others) };
};

const withinModel = (model: KerasLayer, scope: readonly string[], source: KerasSource): Ordered => {
  const inner = [...scope, modelName(model)];
  const parts = layersOf(model, source).map((layer) => orderedParameters(layer, inner, source));
  return { trained: parts.flatMap((part) => part.trained), others: parts.flatMap((part) => part.others) };
};

const isFrozen = ({ config }: KerasLayer): boolean => !Array.isArray(config) && config.trainable === false;
