import { ancestors, type Layer, type LayerInfo, type LayerName, layerByName, type Model } from '@featurescope/core';

/** Layers that pass values on, only in another layout. */
const isPassedOn = ({ kind }: Pick<Layer, 'kind'>): boolean => kind === 'dropout' || kind === 'identity' || kind === 'flatten';

/**
 * The last layer below the one whose weights give the class scores: Zeiler & Fergus's layer 7 in a network of eight. Undefined where
 * the class scores are computed from the input itself.
 */
export function lastHiddenLayer({ network, logits, layer }: Model): LayerInfo | undefined {
  const below = ancestors(network, [logits]);
  const scoring = network.layers.findLast(({ name, kind }) => below.has(name) && (kind === 'conv' || kind === 'dense'));
  let found = layerByName(network, scoring?.inputs[0] ?? '');
  while (found && isPassedOn(found)) found = layerByName(network, found.inputs[0] ?? '');
  return found && layer(found.name);
}

/** The last map with more than one position up to the last hidden layer: layer 5 of a network of eight. */
function lastMap(model: Model, upTo: LayerInfo): LayerInfo | undefined {
  const below = ancestors(model.network, [upTo.name]);
  const isMap = ({ outputShape: [height, width] }: LayerInfo): boolean => height * width > 1;
  return model.layers.findLast((info) => below.has(info.name) && !isPassedOn(info) && isMap(info));
}

/** The layers asked for, each once; by default the last map and the last hidden layer, and the class scores where these are one. */
export function studiedLayers(model: Model, given: readonly (string | number)[] | undefined): readonly LayerName[] {
  if (given) return [...new Set(given.map((reference) => model.layer(reference).name))];
  const hidden = lastHiddenLayer(model);
  const map = hidden && lastMap(model, hidden);
  const found = [map, hidden].flatMap((info) => info?.name ?? []);
  return new Set(found).size === 2 ? found : [...new Set([...found, model.logits])];
}
