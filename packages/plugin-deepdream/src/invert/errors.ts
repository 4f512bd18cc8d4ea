import { FeaturescopeError, type LayerName } from '@featurescope/core';

export const sharesDoNotMatch = (shares: number, factors: number) =>
  new FeaturescopeError(
    'invert/shares',
    `invert: --shares has ${shares} numbers and --schedule ${factors}; give one share of the iterations for each factor`,
  );

export const nothingToInvert = (layer: LayerName, input: string, neighbourhood: number | undefined) =>
  new FeaturescopeError(
    'invert/dead-layer',
    `invert: ${neighbourhood === undefined ? '' : `the central ${neighbourhood}×${neighbourhood} positions of `}${layer} ${neighbourhood === undefined ? 'is' : 'are'} 0 throughout on ${input}, so nothing of the picture is left to invert; ` +
      `choose a lower layer with --layer${neighbourhood === undefined ? '' : ', or a larger --neighbourhood'}`,
  );
