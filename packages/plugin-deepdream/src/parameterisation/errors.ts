import { FeaturescopeError } from '@featurescope/core';

export const channelsDoNotMatch = (given: number, expected: number) =>
  new FeaturescopeError(
    'dream/parameter-channels',
    `a picture of ${given} channels was to be optimised, but the network takes ${expected}; use ${expected} channels`,
  );
