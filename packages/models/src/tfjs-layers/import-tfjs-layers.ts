import type { Extent, Weight } from '@featurescope/core';
import type { ImportedNetwork } from '../imported-network.js';
import { importKeras } from '../keras/import-keras.js';
import type { ModelJson } from './schema.js';

/** Turns a TensorFlow.js layers model into a network, see `importKeras`. @throws FeaturescopeError naming the layer when it, or one of its options, is not supported */
export const importTfjsLayers = (
  model: ModelJson,
  weights: ReadonlyMap<string, Weight>,
  source: string,
  options: { readonly size?: Extent } = {},
): ImportedNetwork => importKeras(model.modelTopology, scopedWeights(weights), { path: source, format: 'tfjs-layers' }, options);

/** Finds `<layer>/<parameter>`, also behind further scopes such as `model/conv1/kernel`. */
const scopedWeights = (stored: ReadonlyMap<string, Weight>) => {
  const long = new Map([...stored].map(([name, weight]) => [name.split('/').slice(-2).join('/'), weight]));
  return ({ name }: { readonly name: string }, parameter: string): Weight | undefined => {
    const short = `${name}/${parameter}`;
    return stored.get(short) ?? long.get(short);
  };
};
