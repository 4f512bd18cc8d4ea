import { describeLayers, inputShape, type LayerInfo, type Network, parameterCount } from '@featurescope/core';

export const layersOf = (network: Network, size?: readonly [number, number]): readonly LayerInfo[] =>
  describeLayers(network, size ? [size[0], size[1], network.input.shape[2]] : inputShape(network));

export const parametersOf = (network: Network, size?: readonly [number, number]): number => parameterCount(layersOf(network, size));

/** Height of each layer's map, by name. */
export const heights = (layers: readonly LayerInfo[]): Readonly<Record<string, number>> =>
  Object.fromEntries(layers.map(({ name, outputShape }) => [name, outputShape[0]]));

/** `size/jump` of each layer's receptive field, by name. */
export const fields = (layers: readonly LayerInfo[]): Readonly<Record<string, string>> =>
  Object.fromEntries(layers.map(({ name, receptiveField: { size, jump } }) => [name, `${size[0]}/${jump[0]}`]));
