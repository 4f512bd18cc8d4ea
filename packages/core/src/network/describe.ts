import { layerDoesNotFit } from './errors.js';
import type { Layer, LayerName, Shape } from './layer.js';
import type { LayerInfo, Network } from './network.js';
import { receptiveFields } from './receptive-field.js';
import { inferShapes } from './shapes.js';
import { weightShapes } from './weights.js';

/** Size at which a network that takes any size is described when nobody says which. */
const ANY_SIZE = 224;

/** The shape of the network's input, with a size put in where any will do. */
export const inputShape = (network: Network, size: readonly [number, number] = [ANY_SIZE, ANY_SIZE]): Shape => [
  network.input.shape[0] ?? size[0],
  network.input.shape[1] ?? size[1],
  network.input.shape[2],
];

function parametersOf(layer: Layer, shapes: ReadonlyMap<LayerName, Shape>): number {
  if (layer.weightsOf !== undefined) return 0;
  const input = shapes.get(layer.inputs[0] ?? '');
  if (!input) return 0;
  return [...weightShapes(layer, input).values()].reduce((sum, shape) => sum + shape.reduce((product, n) => product * n, 1), 0);
}

/** The layer table: index, name, kind, output shape, parameters and receptive field of every layer. */
export function describeLayers(network: Network, input: Shape = inputShape(network)): LayerInfo[] {
  const shapes = inferShapes(network, input);
  const fields = receptiveFields(network, shapes);
  return network.layers.map((layer, i) => {
    const shape = shapes.get(layer.name);
    const receptiveField = fields.get(layer.name);
    if (!shape || !receptiveField) throw layerDoesNotFit(layer.name, 'has no shape');
    return {
      index: i + 1,
      name: layer.name,
      kind: layer.kind,
      inputs: layer.inputs,
      outputShape: shape,
      parameters: parametersOf(layer, shapes),
      receptiveField,
    };
  });
}

/** Number of values in all weights, each shared weight counted once. */
export const parameterCount = (layers: readonly LayerInfo[]): number => layers.reduce((sum, layer) => sum + layer.parameters, 0);
