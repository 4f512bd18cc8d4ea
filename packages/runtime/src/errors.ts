import { didYouMean, FeaturescopeError, type LayerName, type WeightName } from '@featurescope/core';

const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

export const constantIsNotRun = (layer: LayerName) =>
  new FeaturescopeError(
    'executor/constant',
    `Layer "${layer}" is a stored constant: it has no activation. Ask for a layer that the picture passes through.`,
  );

export const noSuchLayer = (layer: LayerName, known: readonly LayerName[]) =>
  new FeaturescopeError('executor/unknown-layer', `The network has no layer "${layer}".${didYouMean(layer, known)}`);

export const wrongInput = (given: readonly number[], channels: number) =>
  new FeaturescopeError(
    'executor/input-shape',
    `The network takes pictures of shape [N, H, W, ${channels}], N ≥ 1, but was given ${shown(given)}.`,
  );

export const wrongShape = (what: string, layer: LayerName, given: readonly number[], expected: readonly number[]) =>
  new FeaturescopeError('executor/shape', `${what} at layer "${layer}" has shape ${shown(given)}; expected ${shown(expected)}.`);

export const missingWeight = (weight: WeightName) =>
  new FeaturescopeError(
    'executor/missing-weight',
    `The network has no weight "${weight}". Load a model with weights, or initialise them for training.`,
  );

export const unknownWeight = (weight: WeightName, known: Iterable<WeightName>) =>
  new FeaturescopeError('executor/unknown-weight', `The network has no weight "${weight}".${didYouMean(weight, known)}`);

export const wrongWeight = (weight: WeightName, given: readonly number[], expected: readonly number[]) =>
  new FeaturescopeError('executor/weight-shape', `Weight "${weight}" has shape ${shown(given)}; expected ${shown(expected)}.`);

export const alreadyDisposed = () =>
  new FeaturescopeError('executor/disposed', 'This network was disposed; compile it again to run it.', { category: 'failure' });

export const runtimeNotAvailable = (runtime: string, reason: string, needs: string) =>
  new FeaturescopeError(
    'runtime/not-available',
    `The runtime "${runtime}" cannot be used on this machine: ${reason}. It needs ${needs}. ` +
      '`featurescope doctor` lists what was found; `--runtime auto` takes the best of it.',
  );
