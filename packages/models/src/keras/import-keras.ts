import { type Extent, type Network, type Shape, validateNetwork } from '@featurescope/core';
import { z } from 'zod';
import { atFittingSize, type ImportedNetwork, withFreeSize } from '../imported-network.js';
import { invalidModel } from './errors.js';
import { KerasNetwork, type KerasWeights } from './keras-network.js';
import { isModel, type KerasLayer, layerName, layersOf, MAX_NESTING } from './schema.js';
import type { KerasSource } from './source.js';
import { applyModel } from './topology.js';

const SIZE = z
  .number()
  .int()
  .min(1)
  .max(2 ** 16);
const BATCH_SHAPE = z.union([
  z.tuple([z.unknown(), SIZE.nullable(), SIZE.nullable(), SIZE]),
  z.tuple([z.unknown(), SIZE]).transform(([batch, size]) => [batch, 1, 1, size] as const),
]);

interface PictureInput {
  readonly name: string;
  readonly height: number | null;
  readonly width: number | null;
  readonly channels: number;
}

/**
 * Turns a Keras model (2 or 3; Sequential or functional) into a network. Layers keep their names; an activation that a layer applies to
 * its own output becomes a layer of its own, named `<layer>/<activation>`, for example `conv1/relu`.
 * @throws FeaturescopeError naming the layer when it, or one of its options, is not supported
 */
export const importKeras = (
  model: KerasLayer,
  weights: KerasWeights,
  source: KerasSource,
  options: { readonly size?: Extent } = {},
): ImportedNetwork => {
  const input = pictureInput(model, source);
  return atFittingSize(source.path, [input.height, input.width], options.size, (size) => {
    const collected = new KerasNetwork(source, weights);
    const shape: Shape = [...size, input.channels];
    const picture = { layer: collected.claim(input.name), shape };
    const outputs = applyModel(model, [picture], collected, []).map(({ layer }) => layer);
    const network: Network = {
      input: { name: picture.layer, shape },
      layers: collected.layers,
      // The first output of the file is its main one, and comes last here.
      outputs: [...new Set(outputs)].reverse(),
      weights: collected.weights,
    };
    validateNetwork(network, shape);
    return collected.fixedSize ? { network, size, fixedSize: true } : withFreeSize(network, size);
  });
};

/** The first layer that states a shape, followed into models within the model. */
const pictureInput = (model: KerasLayer, source: KerasSource, depth = 0): PictureInput => {
  const layers = layersOf(model, source);
  const first = model.class_name === 'Sequential' ? layers[0] : layers.find((layer) => layer.class_name === 'InputLayer');
  if (first === undefined) throw invalidModel(source, 'it has no input layer');
  const config = Array.isArray(first.config) ? {} : first.config;
  const stated = config.batch_input_shape ?? config.batch_shape;
  if (stated === undefined && depth < MAX_NESTING && isModel(first)) {
    return pictureInput(first, source, depth + 1);
  }
  const parsed = BATCH_SHAPE.safeParse(stated);
  if (!parsed.success) {
    throw invalidModel(
      source,
      `its input shape is ${Array.isArray(stated) ? `[${stated.map((size) => (typeof size === 'number' ? size : typeof size)).slice(0, 8)}]` : 'missing'}; expected [null, height, width, channels]`,
    );
  }
  const [, height, width, channels] = parsed.data;
  const name = first.class_name === 'InputLayer' ? layerName(first, source) : `${layerName(first, source)}_input`;
  return { name, height, width, channels };
};
