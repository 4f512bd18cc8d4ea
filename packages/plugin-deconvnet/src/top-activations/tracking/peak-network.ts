import { type ExplicitPadding, inferShapes, type Layer, type LayerName, type Network, type Shape } from '@featurescope/core';

/** Where the network gives the largest values of a layer. */
export interface PeakLayers {
  readonly layer: LayerName;
  /** Height and width of its map. */
  readonly height: number;
  readonly width: number;
  /** The layer with the largest value of each row, [H, 1, C], and of each column, [1, W, C]. */
  readonly rows: LayerName;
  readonly columns: LayerName;
  /** Nothing is below 0, so that a map whose largest value is 0 is 0 throughout. */
  readonly nonNegative: boolean;
}

export interface PeakNetwork {
  readonly network: Network;
  readonly peaks: readonly PeakLayers[];
}

/**
 * The network, for inputs of this shape, with pools over the rows and columns of layers: what is strongest comes out of the pass itself, in place
 * of maps many times as large.
 */
export function peakNetwork(network: Network, layers: readonly LayerName[], input: Shape): PeakNetwork {
  const shapes = inferShapes(network, input, layers);
  const taken = new Set([network.input.name, ...network.layers.map(({ name }) => name)]);
  const pools: Layer[] = [];
  const pooled = (layer: LayerName, what: string, size: readonly [number, number]): LayerName => {
    if (size[0] * size[1] === 1) return layer;
    let name = `${layer}:${what}`;
    while (taken.has(name)) name += ':';
    taken.add(name);
    pools.push({ kind: 'maxPool', name, inputs: [layer], size, stride: [1, 1], padding: NONE, ceilMode: false });
    return name;
  };
  const peaks = layers.map((layer): PeakLayers => {
    const [height, width] = shapes.get(layer) ?? [1, 1, 1];
    const [rows, columns] = [pooled(layer, 'rows', [1, width]), pooled(layer, 'columns', [height, 1])];
    return { layer, height, width, rows, columns, nonNegative: isNonNegative(network, layer) };
  });
  return { network: { ...network, layers: [...network.layers, ...pools] }, peaks };
}

const NONE: ExplicitPadding = { top: 0, left: 0, bottom: 0, right: 0 };

/** Whether a layer is known to have no value below 0. */
function isNonNegative(network: Network, name: LayerName): boolean {
  const layer = network.layers.find((one) => one.name === name);
  switch (layer?.kind) {
    case 'relu':
    case 'sigmoid':
    case 'softmax':
      return true;
    case 'clip':
      return layer.min >= 0;
    case 'maxPool':
    case 'avgPool':
    case 'globalAvgPool':
    case 'lrn':
    case 'dropout':
    case 'identity':
    case 'flatten':
    case 'concat':
    case 'add':
    case 'multiply':
      return layer.inputs.every((input) => isNonNegative(network, input));
    case 'pad':
      return layer.value >= 0 && layer.inputs.every((input) => isNonNegative(network, input));
    default:
      return false;
  }
}
