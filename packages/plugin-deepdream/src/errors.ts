import { type Extent, FeaturescopeError, type LayerName, type Model } from '@featurescope/core';

export const weightsDoNotMatch = (weights: number, layers: number) =>
  new FeaturescopeError('dream/weights', `dream: ${weights} weights for ${layers} layers; give one weight for each layer in --layers`);

export const nothingToStartFrom = () =>
  new FeaturescopeError('dream/no-start', 'dream: no input was given; name a picture or an array, or use --start noise');

export const fixedNeedsStep = () =>
  new FeaturescopeError('dream/fixed-step', "dream: --step-rule fixed needs --step, a number in the network's input units such as 1e-4");

export const diverged = (iteration: number, step: number | undefined) =>
  new FeaturescopeError(
    'dream/diverged',
    `dream: after ${iteration} iterations the picture holds values that are not numbers, since the steps are too large; ` +
      `use ${step === undefined ? 'a smaller --step' : `a --step smaller than ${step}`}, or --clamp`,
    { category: 'failure' },
  );

export const noSuchSize = (size: Extent, layers: readonly LayerName[], model: Model) =>
  new FeaturescopeError(
    'dream/size',
    `dream: a picture of ${size[0]}×${size[1]} does not reach ${layers.join(', ')} of ${model.name}; ` +
      `use --size ${model.input.size.join(',')}, or a layer before the first dense layer`,
  );

export const twoSizes = () =>
  new FeaturescopeError(
    'dream/two-sizes',
    'dream: --size and --long-side were both given; --size fixes height and width, --long-side keeps the proportions',
  );
