import { isFeaturescopeError } from '../errors.js';
import { asConvolution, asKernel, isVector, type Origin, sameOrigin } from './dense-as-conv.js';
import { inputShape } from './describe.js';
import { anySizeImpossible, mixesPositions } from './errors.js';
import type { DenseLayer, Layer, LayerKind, LayerName, Shape } from './layer.js';
import type { Network, Weight, WeightName, Weights } from './network.js';
import { inferShapes } from './shapes.js';
import { weightOwner } from './weights.js';

/** What is known of a network on the way through its layers. */
interface Surroundings {
  /** Shapes in the network as given. */
  readonly shapes: ReadonlyMap<LayerName, Shape>;
  /** Layers whose size does not depend on that of the picture. */
  readonly fixed: ReadonlySet<LayerName>;
  /** Dense layers whose weights become kernels, by the layer that owns the weights. */
  readonly spread: ReadonlySet<LayerName>;
  /** For each vector that is left as a map: that map. */
  readonly maps: Map<LayerName, Origin>;
}

/**
 * The network with its dense layers as convolutions (Long, Shelhamer & Darrell 2015, section 3.1), so that it takes pictures of
 * any size: one of the given shape gives the same numbers, a larger one a map of them, one position for each place of the
 * window that the network sees. Names and order of the layers stay; a flattened map stays a map, and what follows a global
 * pooling is as it was. Weights shared by layers that look at maps of different sizes are copied. The same object when nothing
 * has to change.
 * @throws FeaturescopeError naming a layer that cannot be applied at several places
 */
export function convolutional(network: Network, input: Shape = inputShape(network)): Network {
  const around = surroundings(network, input);
  const layers = network.layers.map((layer) => converted(layer, around));
  const unchanged = layers.every((layer, i) => layer === network.layers[i]);
  const { name, shape } = network.input;
  if (unchanged && shape[0] === null && shape[1] === null) return network;
  const origins = kernelOrigins(network, around);
  const shared = layers.map((layer) => (sharesKernel(layer, origins) ? layer : withOwnWeights(layer)));
  const weights = network.weights.size > 0 ? kernels(network, shared, origins) : network.weights;
  const result: Network = { ...network, input: { name, shape: [null, null, shape[2]] }, layers: shared, weights };
  checkLarger(result, input);
  return result;
}

function surroundings(network: Network, input: Shape): Surroundings {
  const fixed = new Set<LayerName>();
  for (const { name, kind, inputs } of network.layers)
    if (kind === 'globalAvgPool' || inputs.every((from) => fixed.has(from))) fixed.add(name);
  const open = network.layers.filter((layer) => layer.kind === 'dense' && !layer.inputs.every((from) => fixed.has(from)));
  return { shapes: inferShapes(network, input), fixed, spread: new Set(open.map(weightOwner)), maps: new Map() };
}

/** What acts on every number by itself, whatever the layout. */
const ELEMENTWISE: ReadonlySet<LayerKind> = new Set(['relu', 'leakyRelu', 'tanh', 'sigmoid', 'clip', 'dropout', 'identity']);

/** The layer as it stands in the new network; notes in `maps` what its output is laid out from. */
function converted(layer: Layer, around: Surroundings): Layer {
  const { maps, fixed, spread } = around;
  if (layer.kind === 'dense' && spread.has(weightOwner(layer))) return asConvolution(layer, originOf(layer, around).shape);
  if (layer.inputs.every((name) => fixed.has(name))) return layer;
  const [origin] = layer.inputs.map((name) => maps.get(name));
  if (layer.kind === 'flatten') {
    const shape = around.shapes.get(layer.inputs[0] ?? '');
    const map = origin ?? (shape && { shape, order: layer.order });
    if (map && !isVector(map.shape)) maps.set(layer.name, map);
    return { kind: 'identity', name: layer.name, inputs: layer.inputs };
  }
  if (layer.inputs.every((name) => !maps.has(name))) return layer;
  const joined = layer.kind === 'add' || layer.kind === 'multiply' || (layer.kind === 'concat' && layer.inputs.length === 1);
  const alike = layer.inputs.every((name) => sameOrigin(maps.get(name), origin));
  if (!origin || !alike || !(joined || ELEMENTWISE.has(layer.kind))) throw mixesPositions(layer.name, layer.kind);
  maps.set(layer.name, origin);
  return layer;
}

/** The map that a dense layer looks at, and the order of its weights. */
function originOf(layer: DenseLayer, { shapes, maps }: Surroundings): Origin {
  const from = layer.inputs[0] ?? '';
  const map = maps.get(from) ?? { shape: shapes.get(from) ?? [1, 1, 1], order: layer.inputOrder };
  return isVector(map.shape) || map.shape[2] === 1 ? { ...map, order: 'hwc' } : map;
}

/** For every dense layer that has become a convolution: what its kernel is made from. */
interface KernelOrigin extends Origin {
  readonly owner: LayerName;
}

const kernelOrigins = (network: Network, around: Surroundings): ReadonlyMap<LayerName, KernelOrigin> =>
  new Map(
    network.layers.flatMap((layer): readonly (readonly [LayerName, KernelOrigin])[] => {
      const owner = weightOwner(layer);
      return layer.kind === 'dense' && around.spread.has(owner) ? [[layer.name, { ...originOf(layer, around), owner }]] : [];
    }),
  );

const sharesKernel = ({ name, weightsOf }: Layer, origins: ReadonlyMap<LayerName, KernelOrigin>): boolean =>
  weightsOf === undefined || sameOrigin(origins.get(name), origins.get(weightsOf));

const withOwnWeights = ({ weightsOf: _, ...layer }: Layer): Layer => layer as Layer;

function kernels({ weights }: Network, layers: readonly Layer[], origins: ReadonlyMap<LayerName, KernelOrigin>): Weights {
  const result = new Map<WeightName, Weight>(weights);
  for (const { name, weightsOf } of layers) {
    const origin = origins.get(name);
    if (!origin || weightsOf !== undefined) continue;
    const kernel = weights.get(`${origin.owner}/kernel`);
    const bias = weights.get(`${origin.owner}/bias`);
    if (kernel) result.set(`${name}/kernel`, asKernel(kernel, origin));
    if (bias) result.set(`${name}/bias`, bias);
  }
  return result;
}

/** Branches that agree in size only for one picture, such as a gate made by a dense layer, show in a larger one. */
function checkLarger(network: Network, [height, width, channels]: Shape): void {
  try {
    inferShapes(network, [2 * height, 2 * width, channels]);
  } catch (error) {
    throw isFeaturescopeError(error) ? anySizeImpossible(error.message, error) : error;
  }
}
