import { didYouMean, FeaturescopeError, type LayerName } from '@featurescope/core';

export const conflictingOptions = (visualizer: string, given: string, other: string) =>
  new FeaturescopeError('attribution/conflict', `${visualizer}: ${given} cannot be combined with ${other}; give one of them.`);

export const unitsNeedLayer = (visualizer: string) =>
  new FeaturescopeError(
    'attribution/units-without-layer',
    `${visualizer}: --units was given without a layer; add --layer, by its exact name or its index from 1 (for classes: the layer of the class scores).`,
  );

export const unknownMethod = (visualizer: string, given: string, known: readonly string[]) =>
  new FeaturescopeError(
    'attribution/unknown-method',
    `${visualizer}: there is no visualizer "${given}" in this run.${didYouMean(given, known)} Its plugin may have to be named with --plugin.`,
  );

export const noAttribution = (visualizer: string, method: string) =>
  new FeaturescopeError(
    'attribution/none-made',
    `${visualizer}: "${method}" gives no attribution that could be used. Name a visualizer that writes a tensor called "attribution", such as "gradient".`,
  );

export const wrapsItself = (visualizer: string) =>
  new FeaturescopeError(
    'attribution/wraps-itself',
    `${visualizer}: --method ${visualizer} would run itself; name another visualizer, such as "gradient".`,
  );

export const noConvolutionalMap = (visualizer: string, target: LayerName) =>
  new FeaturescopeError(
    'attribution/no-map',
    `${visualizer}: no convolution below "${target}" gives a map larger than one position on this input; name the layer to weigh with --layer.`,
  );

export const doesNotFeed = (visualizer: string, layer: LayerName, target: LayerName, feeding: readonly LayerName[]) =>
  new FeaturescopeError(
    'attribution/not-below',
    `${visualizer}: layer "${layer}" does not feed "${target}", so it has no part in the class score.${didYouMean(layer, feeding)}`,
  );
