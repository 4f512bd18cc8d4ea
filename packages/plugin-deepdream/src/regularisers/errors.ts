import { FeaturescopeError } from '@featurescope/core';

export const emptyClampRange = (visualizer: string, low: number, high: number) =>
  new FeaturescopeError(
    'dream/clamp',
    `${visualizer}: --clamp ${low},${high} leaves no value between; give the lowest value first, then a larger one, such as --clamp ${high < low ? `${high},${low}` : `${low},${low + 1}`}`,
  );

export const betaWithoutWeight = (visualizer: string, beta: number) =>
  new FeaturescopeError(
    'dream/tv-beta',
    `${visualizer}: --tv-beta ${beta} has no effect without --total-variation; give the weight of the total variation, such as --total-variation 0.001`,
  );
