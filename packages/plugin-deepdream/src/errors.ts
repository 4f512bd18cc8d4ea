import { type Extent, FeaturescopeError, type LayerName, type Model } from '@featurescope/core';

export const weightsDoNotMatch = (visualizer: string, weights: number, layers: number) =>
  new FeaturescopeError(
    'dream/weights',
    `${visualizer}: ${weights} weights for ${layers} layers; give one weight for each layer in --layers`,
  );

export const cycleAndLayers = (visualizer: string, other: string) =>
  new FeaturescopeError(
    'dream/cycle-and-layers',
    `${visualizer}: --cycle and ${other} were both given; --cycle excites its layers in turn, --layers with --weights excites them together`,
  );

export const badCycle = (visualizer: string, text: string) =>
  new FeaturescopeError(
    'dream/bad-cycle',
    `${visualizer}: --cycle was given "${text}"; expected layer@step, such as conv3@0.5, with a step above 0 in the network's input units, or a layer alone`,
  );

export const nothingToStartFrom = (visualizer: string) =>
  new FeaturescopeError(
    'dream/no-start',
    `${visualizer}: no input was given; name a picture or an array, or use --start uniform, gaussian or flat`,
  );

export const fixedNeedsStep = (visualizer: string) =>
  new FeaturescopeError(
    'dream/fixed-step',
    `${visualizer}: --step-rule fixed needs --step, a number in the network's input units such as 1e-4`,
  );

export const noSuchSize = (visualizer: string, size: Extent, layers: readonly LayerName[], model: Model) =>
  new FeaturescopeError(
    'dream/size',
    `${visualizer}: a picture of ${size[0]}×${size[1]} does not reach ${layers.join(', ')} of ${model.name}; ` +
      `use one of at least ${model.input.size.join('×')} (--size ${model.input.size.join(',')} resizes pictures), or a lower layer`,
  );

export const twoSizes = (visualizer: string) =>
  new FeaturescopeError(
    'dream/two-sizes',
    `${visualizer}: --size and --long-side were both given; --size fixes height and width, --long-side keeps the proportions`,
  );

export const guideDoesNotFit = (visualizer: string, guide: Extent, picture: Extent) =>
  new FeaturescopeError(
    'dream/guide-size',
    `${visualizer}: the guide array is ${guide[0]}×${guide[1]} and the picture ${picture[0]}×${picture[1]}; --guide-match dot needs arrays of one size (--guide-match max takes any)`,
  );

export const noMemoryForTiles = (visualizer: string, memory: string, needed: string) =>
  new FeaturescopeError(
    'dream/memory',
    `${visualizer}: --memory ${memory} is too little for the smallest tile of this layer, which needs about ${needed}; give more, or a lower layer`,
  );
