import { FeaturescopeError } from '@featurescope/core';

export const emptyClampRange = (low: number, high: number) =>
  new FeaturescopeError(
    'dream/clamp',
    `--clamp ${low},${high} leaves no value between; give the lowest value first, then a larger one, such as --clamp ${high < low ? `${high},${low}` : `${low},${low + 1}`}`,
  );

export const betaWithoutWeight = (beta: number) =>
  new FeaturescopeError(
    'dream/tv-beta',
    `--tv-beta ${beta} has no effect without --total-variation; give the weight of the total variation, such as --total-variation 0.001`,
  );
