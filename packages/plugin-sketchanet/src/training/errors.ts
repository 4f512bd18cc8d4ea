import { didYouMean, FeaturescopeError } from '@featurescope/core';

export const noSuchClasses = (dataset: string, missing: readonly string[], known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'SKETCH_CLASSES',
    `The data set ${dataset} has no drawings of ${missing.map((name) => `"${name}"`).join(', ')}.${didYouMean(missing[0] ?? '', known)}`,
  );

export const tooFewDrawings = (name: string, found: number, wanted: number): FeaturescopeError =>
  new FeaturescopeError(
    'SKETCH_DRAWINGS',
    `There are ${found} drawings of "${name}", but minDrawings is ${wanted}. Leave the class out, or lower minDrawings.`,
  );

export const tooFewClasses = (dataset: string, minDrawings: number): FeaturescopeError =>
  new FeaturescopeError(
    'SKETCH_CLASSES',
    `The data set ${dataset} has fewer than two classes with ${minDrawings} drawings. Give a collection of drawings (.ndjson), or lower minDrawings.`,
  );

export const noSuchFold = (fold: number, folds: number): FeaturescopeError =>
  new FeaturescopeError('SKETCH_FOLD', `The training holds out fold ${fold}, but there are ${folds}. Expected 1 to ${folds}.`);
