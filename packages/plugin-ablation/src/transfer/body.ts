import { type ConvLayer, type DenseLayer, type Layer, type LayerName, layerByName, type Network } from '@featurescope/core';

/** Layers through which class scores pass without being mixed. */
const PASSING = new Set<Layer['kind']>([
  'relu',
  'leakyRelu',
  'clip',
  'tanh',
  'sigmoid',
  'identity',
  'flatten',
  'dropout',
  'globalAvgPool',
  'avgPool',
  'maxPool',
  'batchNorm',
  'affine',
]);

/** The last layer with weights on the way to the class scores: that which would have to be another one for other classes. */
export function classifierLayer(network: Network, logits: LayerName): DenseLayer | ConvLayer | undefined {
  let layer = layerByName(network, logits);
  while (layer && PASSING.has(layer.kind)) layer = layerByName(network, layer.inputs[0] ?? '');
  if (layer?.kind !== 'dense' && layer?.kind !== 'conv') return undefined;
  const own = layer.name;
  const shared = layer.weightsOf !== undefined || network.layers.some(({ weightsOf }) => weightsOf === own);
  return shared || (layer.kind === 'conv' && layer.groups !== 1) ? undefined : layer;
}

/** Names of the layers that a layer depends on, itself included. */
export function upTo(network: Network, last: LayerName): ReadonlySet<LayerName> {
  const found = new Set<LayerName>([last]);
  for (const { name, inputs } of [...network.layers].reverse()) if (found.has(name)) for (const input of inputs) found.add(input);
  return found;
}
