import { type Layer, type LayerName, layerByName, type Model, type Shape } from '@featurescope/core';
import { classifierLayer, upTo } from './body.js';
import { inputShape } from './present.js';

/** A layer whose output is used as features. */
export interface FeatureLayer {
  /** As the network calls it. */
  readonly name: LayerName;
  /** From 1; 0 for the input. */
  readonly index: number;
  readonly shape: Shape;
}

/** More are seldom read, and a table of more is no longer one to be seen at once. */
const MOST = 8;

/** The layers of a study, in the order of the network. @throws FeaturescopeError when a layer does not exist, naming what is near */
export function featureLayers(model: Model, given: readonly (string | number)[] | undefined): readonly FeatureLayer[] {
  const names = given?.map((one) => (typeof one === 'number' ? model.layer(one).name : model.resolve(one))) ?? defaultLayers(model);
  return [...new Set(names)].map((name) => layerInfo(model, name)).sort((a, b) => a.index - b.index);
}

function layerInfo(model: Model, name: LayerName): FeatureLayer {
  if (name === model.network.input.name) return { name, index: 0, shape: inputShape(model) };
  const { index, outputShape } = model.layer(name);
  return { name, index, shape: outputShape };
}

/** The ends of the stages below the class scores and the fully connected layers, the last eight of them. */
function defaultLayers({ network, logits, layers }: Model): readonly LayerName[] {
  const head = classifierLayer(network, logits);
  const top = head?.inputs[0] ?? logits;
  const below = upTo(network, top);
  const shapes = new Map(layers.map(({ name, outputShape }) => [name, outputShape]));
  const found = new Set<LayerName>();
  for (const layer of network.layers) if (below.has(layer.name)) for (const end of stageEnds(layer)) found.add(end);
  for (const name of [...connected(network, top, shapes), top]) found.add(name);
  found.delete(network.input.name);
  const plain = new Set([...found].map((name) => unpassed(network, name)));
  return network.layers.flatMap(({ name }) => (plain.has(name) ? [name] : [])).slice(-MOST);
}

/** A pooling that makes maps smaller, or what a convolution that does so is given. */
function stageEnds(layer: Layer): readonly LayerName[] {
  switch (layer.kind) {
    case 'maxPool':
    case 'avgPool':
      return layer.stride.some((step) => step > 1) ? [layer.name] : [];
    case 'globalAvgPool':
      return [layer.name];
    case 'conv':
      return layer.stride.some((step) => step > 1) ? layer.inputs : [];
    default:
      return [];
  }
}

const ACTIVATIONS = new Set<Layer['kind']>(['relu', 'leakyRelu', 'clip', 'tanh', 'sigmoid']);

/** The layers of one position in a row down from the top that are fully connected, each after its activation. */
function connected(network: Model['network'], top: LayerName, shapes: ReadonlyMap<LayerName, Shape>): readonly LayerName[] {
  const names: LayerName[] = [];
  let activation: LayerName | undefined;
  for (let layer = layerByName(network, top); layer; layer = layerByName(network, layer.inputs[0] ?? '')) {
    const [height, width] = shapes.get(layer.name) ?? [0, 0];
    if (height !== 1 || width !== 1 || layer.inputs.length !== 1) break;
    if (ACTIVATIONS.has(layer.kind)) activation ??= layer.name;
    if (layer.kind !== 'dense' && layer.kind !== 'conv') continue;
    names.push(activation ?? layer.name);
    activation = undefined;
  }
  return names;
}

/** The layer whose numbers a dropout, flattening or identity only passes on. */
function unpassed(network: Model['network'], name: LayerName): LayerName {
  const layer = layerByName(network, name);
  const passes = layer?.kind === 'dropout' || layer?.kind === 'flatten' || layer?.kind === 'identity';
  return passes ? unpassed(network, layer.inputs[0] ?? '') : name;
}
