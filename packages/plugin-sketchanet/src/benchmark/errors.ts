import { didYouMean, FeaturescopeError } from '@featurescope/core';

export const classesNotKnown = (model: string, missing: readonly string[], known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'BENCHMARK_CLASSES',
    `benchmark: the network ${model} does not know ${missing.map((name) => `"${name}"`).join(', ')}. Expected one whose labels have all classes of the ensemble.${didYouMean(missing[0] ?? '', known)}`,
  );

export const otherClasses = (model: string): FeaturescopeError =>
  new FeaturescopeError(
    'BENCHMARK_CLASSES',
    `benchmark: the network ${model} has other classes than the ensemble, or in another order. Train it on the same, or name it with --pretrained when it knows them among others.`,
  );
