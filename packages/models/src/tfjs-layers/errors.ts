import { FeaturescopeError } from '@featurescope/core';

export const invalidWeightFile = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('tfjs-layers/invalid-weights', `${source}: ${problem}. The weights are damaged or incomplete; fetch them again.`);
