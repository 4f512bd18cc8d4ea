import { FeaturescopeError } from '@featurescope/core';

export const nothingToCompare = (visualizer: string) =>
  new FeaturescopeError(
    'compare/no-methods',
    `${visualizer}: no visualizer of this run names its family, so there is nothing to compare; name visualizers with --methods, such as "gradient".`,
  );

export const notCompared = (visualizer: string, method: string, methods: readonly string[]) =>
  new FeaturescopeError(
    'compare/not-compared',
    `${visualizer}: --method-options names "${method}", which is not compared; the methods are ${methods.join(', ')}.`,
  );

export const nothingShown = (method: string) =>
  new FeaturescopeError(
    'compare/nothing-shown',
    `"${method}" yields neither a tensor "attribution" nor an image "image", so there is nothing to show of it.`,
    { category: 'failure' },
  );

export const cannotExplain = (visualizer: string, methods: readonly string[]) =>
  new FeaturescopeError(
    'compare/cannot-explain',
    `${visualizer}: ${methods.join(', ')} cannot be asked about a layer; name other methods, or leave out --layer and --layers.`,
  );
