import type { Weight } from '@featurescope/core';
import type { Hdf5File } from '../hdf5/index.js';
import { invalidModel } from './errors.js';
import { keyOf, readWeight } from './h5-weights.js';
import type { KerasWeights } from './keras-network.js';
import { parametersOf } from './parameters.js';
import { isModel, type KerasLayer, layerName, layersOf, MAX_NESTING, modelName } from './schema.js';
import type { KerasSource } from './source.js';

/** Names of the group of a model's layers: in Keras 3, and in the `.keras` files of Keras 2. */
const CONTAINERS = ['layers', '_layer_checkpoint_dependencies'];

/**
 * Reads the `model.weights.h5` of a `.keras` file: the weights of a layer are `layers/<kind>/vars/0`, `1`, …, where the kind is the
 * class in snake case with the number of earlier layers of that class behind it, not the name of the layer.
 */
export const readArchiveWeights = (file: Hdf5File, model: KerasLayer, source: KerasSource): KerasWeights => {
  const weights = new Map<string, Weight>();
  const readModel = (part: KerasLayer, path: string, scope: readonly string[]): void => {
    if (scope.length > MAX_NESTING) throw invalidModel(source, `models are nested more than ${MAX_NESTING} deep`);
    const container = `${path}/${CONTAINERS.find((name) => file.kind(`${path}/${name}`) === 'group') ?? 'layers'}`;
    const numbers = new Map<string, number>();
    for (const layer of layersOf(part, source)) {
      const kind = snakeCase(layer.class_name);
      const number = numbers.get(kind) ?? 0;
      numbers.set(kind, number + 1);
      const place = `${container}/${number === 0 ? kind : `${kind}_${number}`}`;
      if (isModel(layer)) readModel(layer, place, [...scope, modelName(layer)]);
      else readLayer(layer, place, scope);
    }
  };
  const readLayer = (layer: KerasLayer, path: string, scope: readonly string[]): void => {
    const { trained, others } = parametersOf(layer, source);
    for (const [i, parameter] of [...trained, ...others].entries()) {
      const name = layerName(layer, source);
      const stored = `${path}/vars/${i}`;
      if (file.kind(stored) !== 'dataset') throw invalidModel(source, `it lacks the ${parameter} of the layer "${name}" (${stored})`);
      weights.set(keyOf({ scope, name }, parameter), readWeight(file, stored));
    }
  };
  readModel(model, '', []);
  return (place, parameter) => weights.get(keyOf(place, parameter));
};

/** `SeparableConv2D` → `separable_conv2d`, as Keras does it. */
const snakeCase = (name: string): string =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
