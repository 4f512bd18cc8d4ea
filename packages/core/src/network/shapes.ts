import { layerDoesNotFit, unknownLayerInGraph } from './errors.js';
import type { Extent, Layer, LayerName, Padding, Shape } from './layer.js';
import type { Network } from './network.js';
import { dilatedSize, resolvePadding, windowCount } from './padding.js';

/** The layer of this name, or undefined for the network's input and for names that do not exist. */
export const layerByName = (network: Network, name: LayerName): Layer | undefined => network.layers.find((layer) => layer.name === name);

/** The wanted layers and everything that they depend on, without the network's input. */
export function ancestors(network: Network, wanted: readonly LayerName[]): ReadonlySet<LayerName> {
  const needed = new Set<LayerName>(wanted);
  for (const layer of [...network.layers].reverse()) if (needed.has(layer.name)) for (const input of layer.inputs) needed.add(input);
  needed.delete(network.input.name);
  return needed;
}

function windowed(
  layer: Layer,
  [height, width]: Shape,
  span: Extent,
  stride: Extent,
  padding: Padding,
  kernel: Extent,
  dilation: Extent,
  ceil: boolean,
): Extent {
  const p = resolvePadding(padding, [height, width], kernel, stride, dilation);
  const rows = windowCount(height, span[0], stride[0], p.top, p.bottom, ceil);
  const columns = windowCount(width, span[1], stride[1], p.left, p.right, ceil);
  if (rows < 1 || columns < 1)
    throw layerDoesNotFit(
      layer.name,
      `a ${span[0]}×${span[1]} window does not fit into a map of ${height}×${width}; the input picture is too small for this layer`,
    );
  return [rows, columns];
}

const flat = (shape: Shape): number => shape[0] * shape[1] * shape[2];

function elementwise(layer: Layer, inputs: readonly Shape[]): Shape {
  const height = Math.max(...inputs.map((shape) => shape[0]));
  const width = Math.max(...inputs.map((shape) => shape[1]));
  const channels = inputs[0]?.[2] ?? 0;
  for (const [h, w, c] of inputs)
    if (c !== channels || !((h === height && w === width) || (h === 1 && w === 1)))
      throw layerDoesNotFit(layer.name, `inputs of different shapes: ${inputs.map((shape) => shape.join('×')).join(' and ')}`);
  return [height, width, channels];
}

function concatenated(layer: Layer, inputs: readonly Shape[]): Shape {
  const [height, width] = inputs[0] ?? [0, 0];
  for (const [h, w] of inputs)
    if (h !== height || w !== width)
      throw layerDoesNotFit(layer.name, `maps of different sizes: ${inputs.map((shape) => shape.join('×')).join(' and ')}`);
  return [height, width, inputs.reduce((sum, shape) => sum + shape[2], 0)];
}

/** Shape [H, W, C] of what a layer gives for inputs of these shapes. @throws FeaturescopeError when they do not fit */
export function outputShape(layer: Layer, inputs: readonly Shape[]): Shape {
  if (layer.kind === 'constant') return [1, 1, layer.shape.reduce((product, size) => product * size, 1)];
  const [input] = inputs;
  if (!input) throw layerDoesNotFit(layer.name, `a ${layer.kind} layer needs an input`);
  switch (layer.kind) {
    case 'conv': {
      const { kernelSize: k, dilation: d, stride, padding } = layer;
      if (input[2] % layer.groups !== 0)
        throw layerDoesNotFit(layer.name, `${input[2]} channels cannot be split into ${layer.groups} groups`);
      const span: Extent = [dilatedSize(k[0], d[0]), dilatedSize(k[1], d[1])];
      return [...windowed(layer, input, span, stride, padding, k, d, false), layer.filters];
    }
    case 'maxPool':
    case 'avgPool':
      return [...windowed(layer, input, layer.size, layer.stride, layer.padding, layer.size, [1, 1], layer.ceilMode), input[2]];
    case 'pad': {
      const { top, left, bottom, right } = layer.padding;
      return [input[0] + top + bottom, input[1] + left + right, input[2]];
    }
    case 'dense':
      return [1, 1, layer.units];
    case 'flatten':
      return [1, 1, flat(input)];
    case 'globalAvgPool':
      return [1, 1, input[2]];
    case 'concat':
      return concatenated(layer, inputs);
    case 'add':
    case 'multiply':
      return elementwise(layer, inputs);
    default:
      return input;
  }
}

/**
 * Shapes [H, W, C] of the wanted layers (default: all) and of everything they depend on, and of the input under its own
 * name. @throws FeaturescopeError naming the first layer that an input of this shape does not fit
 */
export function inferShapes(network: Network, input: Shape, wanted?: readonly LayerName[]): ReadonlyMap<LayerName, Shape> {
  const needed = wanted && ancestors(network, wanted);
  const shapes = new Map<LayerName, Shape>([[network.input.name, input]]);
  for (const layer of network.layers) {
    if (needed && !needed.has(layer.name)) continue;
    const inputs = layer.inputs.map((name) => {
      const shape = shapes.get(name);
      if (!shape) throw unknownLayerInGraph(name, layer.name);
      return shape;
    });
    const shape = outputShape(layer, inputs);
    checkDense(network, layer, inputs);
    shapes.set(layer.name, shape);
  }
  return shapes;
}

function checkDense(network: Network, layer: Layer, inputs: readonly Shape[]): void {
  if (layer.kind !== 'dense') return;
  const rows = network.weights.get(`${layer.weightsOf ?? layer.name}/kernel`)?.shape[0];
  const given = inputs[0];
  if (rows === undefined || !given || flat(given) === rows) return;
  throw layerDoesNotFit(
    layer.name,
    `takes ${rows} values but its input is ${given.join('×')} = ${flat(given)}; a picture of another size reaches only the layers before it`,
  );
}
