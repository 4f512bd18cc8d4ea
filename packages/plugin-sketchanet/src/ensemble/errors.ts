import { FeaturescopeError } from '@featurescope/core';

export const noClassNames = (visualizer: string, model: string): FeaturescopeError =>
  new FeaturescopeError(
    'ENSEMBLE_CLASSES',
    `${visualizer}: the network ${model} has no class names. Expected networks with labels, such as those of \`featurescope train\`.`,
  );

export const differentClasses = (visualizer: string, first: string, other: string): FeaturescopeError =>
  new FeaturescopeError(
    'ENSEMBLE_CLASSES',
    `${visualizer}: the networks ${first} and ${other} have different classes, or in another order. An ensemble needs the same.`,
  );

export const differentSplits = (visualizer: string, first: string, other: string): FeaturescopeError =>
  new FeaturescopeError(
    'ENSEMBLE_SPLIT',
    `${visualizer}: the networks ${first} and ${other} held out different drawings in their training, so that none is new to both. Give networks of the same fold.`,
  );

export const noFeatures = (model: string, layer: string | undefined): FeaturescopeError =>
  new FeaturescopeError(
    'ENSEMBLE_FEATURES',
    `The network ${model} has no feature vector below its class scores: ${layer === undefined ? 'no layer' : `the layer ${layer}, which gives a map,`} feeds them. Expected a network that ends in dense layers.`,
  );

export const noSplit = (visualizer: string, model: string): FeaturescopeError =>
  new FeaturescopeError(
    'ENSEMBLE_SPLIT',
    `${visualizer}: the file of the network ${model} does not tell which drawings it was not trained on, so that no drawing is known to be new to it. Say so with --folds and --fold, or train it with \`featurescope train\` on drawings.`,
  );

export const differentFolds = (
  visualizer: string,
  [first, folds]: readonly [model: string, folds: number],
  [other, otherFolds]: readonly [model: string, folds: number],
): FeaturescopeError =>
  new FeaturescopeError(
    'ENSEMBLE_SPLIT',
    `${visualizer}: the drawings of the network ${first} were split into ${folds} parts, those of ${other} into ${otherFolds}. Parts of one split do not overlap and can be pooled; give networks of the same.`,
  );
