import { ancestors, inferShapes, type LayerName, type Model, type Shape } from '@featurescope/core';
import { noExtent } from '../errors.js';

/**
 * The layer whose most active map is followed on a picture of a shape: the given one, or the last with more than one position that feeds the
 * layer that makes the class scores, whose own maps would only be the scores again; undefined where there is none.
 * @throws FeaturescopeError for one that does not exist or has a single position
 */
export function mapLayer(model: Model, picture: Shape, given: string | number | undefined, visualizer: string): LayerName | undefined {
  const { network } = model;
  const maker = classMaker(model);
  const below = ancestors(network, [maker]);
  const shapes = inferShapes(network, picture, [maker]);
  const isMap = (shape: Shape | undefined): boolean => shape !== undefined && shape[0] * shape[1] > 1;
  const spatial = network.layers
    .filter(({ name, kind }) => name !== maker && below.has(name) && isMap(shapes.get(name)) && !PASSES_ON.has(kind))
    .map(({ name }) => name);
  if (given === undefined) return spatial.at(-1);
  const { name } = model.layer(given);
  if (!isMap(inferShapes(network, picture, [name]).get(name))) throw noExtent(visualizer, name, spatial);
  return name;
}

/** Kinds of layers whose output is their input. */
const PASSES_ON: ReadonlySet<string> = new Set(['dropout', 'identity']);

/** The last convolution or dense layer up to the class scores. */
function classMaker({ network, logits }: Model): LayerName {
  const below = ancestors(network, [logits]);
  return network.layers.findLast(({ name, kind }) => below.has(name) && (kind === 'conv' || kind === 'dense'))?.name ?? logits;
}
