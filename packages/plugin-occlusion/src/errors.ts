import { alternatives, didYouMean, type Extent, FeaturescopeError, type LayerName } from '@featurescope/core';

const size = ([height, width]: Extent): string => `${height}×${width}`;

export const windowTooLarge = (visualizer: string, window: Extent, input: string, picture: Extent) =>
  new FeaturescopeError(
    'occlusion/window-too-large',
    `${visualizer}: a window of ${size(window)} does not fit into "${input}", which the network sees at ${size(picture)} (height × width). Give a --window of at most that size.`,
  );

export const conflictingOptions = (visualizer: string, given: string, other: string) =>
  new FeaturescopeError('occlusion/conflict', `${visualizer}: ${given} cannot be combined with ${other}; give one of them.`);

export const scoreNeeds = (visualizer: string, score: string, needed: string) =>
  new FeaturescopeError('occlusion/score-incomplete', `${visualizer}: --score ${score} needs ${needed}.`);

export const noExtent = (visualizer: string, layer: LayerName, spatial: readonly LayerName[]) =>
  new FeaturescopeError(
    'occlusion/no-extent',
    `${visualizer}: layer "${layer}" (--map-layer) has a single position on this input, so there is no map whose activity could be summed.${
      spatial.length === 0
        ? ' No layer below the class scores has more positions.'
        : ` Name a layer with more than one, such as ${alternatives(spatial.slice(-3))}.`
    }`,
  );

export const baselineSize = (visualizer: string, baseline: string, found: Extent, input: string, picture: Extent) =>
  new FeaturescopeError(
    'occlusion/baseline-size',
    `${visualizer}: the array "${baseline}" (--baseline) is ${size(found)}, but "${input}" is ${size(picture)} (height × width). An array is taken as it is: give one of that size, or a picture, which is scaled.`,
  );

export const unknownBaseline = (visualizer: string, given: string, known: readonly string[], cause: FeaturescopeError) =>
  new FeaturescopeError(
    'occlusion/unknown-baseline',
    `${visualizer}: --baseline was given "${given}"; expected a number in the network's input units, ${alternatives(known)}, or the path of a picture.${didYouMean(given, known, 1)} ${cause.message}`,
    { cause },
  );
