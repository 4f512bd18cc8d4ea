import { FeaturescopeError, type LayerName } from '@featurescope/core';

export const noWeights = (visualizer: string, target: LayerName) =>
  new FeaturescopeError(
    'trust/no-weights',
    `${visualizer}: no layer up to "${target}" has weights that could be randomised; name a target further up, or a network with weights.`,
  );

export const otherSize = (visualizer: string, method: string, given: readonly number[], expected: readonly number[]) =>
  new FeaturescopeError(
    'trust/other-size',
    `${visualizer}: the attribution of "${method}" has shape [${given.join(', ')}], but the input has [${expected.join(', ')}]; expected one number, or one for each channel, for every pixel of the input.`,
  );
