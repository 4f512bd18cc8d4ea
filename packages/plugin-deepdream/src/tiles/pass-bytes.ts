import { inferShapes, type Layer, type LayerName, type Network, type Shape, weightNames } from '@featurescope/core';

const FLOAT = 4;

/** ONNX Runtime's arena, which in its second run adds one block for the whole pass to the chunks of the first. */
const ARENA = 2;

/** Copies of the weights while a pass is compiled: as they are and rotated, each in the model, parsed and packed. */
const WEIGHT_COPIES = 8;

/**
 * Bytes that one forward and backward pass of one picture [H, W, C] to these layers needs beside the process: the largest sum,
 * over the way back, of what is kept for the layers below and what the layer at work takes, and the weights. The factors
 * were fitted to the growth of resident memory with the ONNX executor on VGG-16, SqueezeNet and AlexNet: with 60 MB for ONNX
 * Runtime itself the estimate is 0.88 to 1.23 times what was measured, and 0.95 to 1.22 times on five passes that were left
 * out of the fit. @throws FeaturescopeError when the picture does not reach the layers
 */
export function passBytes(network: Network, input: Shape, layers: readonly LayerName[]): number {
  const shapes = inferShapes(network, input, layers);
  const bytes = (name: LayerName): number => (shapes.get(name) ?? []).reduce((product, size) => product * size, FLOAT);
  let kept = bytes(network.input.name);
  let most = kept;
  for (const layer of network.layers) {
    if (!shapes.has(layer.name)) continue;
    const output = bytes(layer.name);
    const inputs = layer.inputs.reduce((sum, name) => sum + bytes(name), 0);
    kept += keptCopies(layer) * output;
    most = Math.max(most, kept + workBytes(layer, inputs, output) + (layers.includes(layer.name) ? output : 0));
  }
  return ARENA * most + weightBytes(network, shapes);
}

/** Every array once as it was loaded, and the copies of those in the pass. */
function weightBytes(network: Network, shapes: ReadonlyMap<LayerName, Shape>): number {
  const used = new Set(network.layers.filter(({ name }) => shapes.has(name)).flatMap(weightNames));
  return [...network.weights].reduce((sum, [name, { data }]) => sum + data.byteLength * (used.has(name) ? 1 + WEIGHT_COPIES : 1), 0);
}

/** How many times the size of its output a layer keeps from the way up for the way down. */
function keptCopies(layer: Layer): number {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
    case 'flatten':
    case 'identity':
    case 'dropout':
    case 'pad':
    case 'add':
      return 0;
    case 'maxPool':
      // The switches are 64-bit integers.
      return 3;
    case 'lrn':
      return 7;
    default:
      return 1;
  }
}

/** Bytes that a layer takes while a signal passes it: the signal above and below, masks, products, scattered maps. */
function workBytes(layer: Layer, inputs: number, output: number): number {
  switch (layer.kind) {
    case 'conv':
      // A strided one gives its phases apart, which are then interleaved.
      return output + (Math.max(...layer.stride) > 1 ? 6 : 1) * inputs;
    case 'maxPool':
      return output + (layer.stride[0] < layer.size[0] || layer.stride[1] < layer.size[1] ? 3 : 2) * inputs;
    case 'lrn':
      return 6 * output;
    default:
      return 3 * output;
  }
}
