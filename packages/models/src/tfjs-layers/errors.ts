import { FeaturescopeError } from '@featurescope/core';

export const invalidModelJson = (source: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'tfjs-layers/invalid',
    `${source} cannot be read as a TensorFlow.js layers model: ${problem}.`,
    cause === undefined ? {} : { cause },
  );

export const unsupportedKerasLayer = (source: string, layer: string, className: string, supported: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'tfjs-layers/unsupported-layer',
    `${source}: layer "${layer}" is of the kind ${className}, which is not supported. ` +
      `Supported kinds: ${[...supported].sort().join(', ')}.`,
  );

export const unsupportedKerasOption = (source: string, layer: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('tfjs-layers/unsupported-option', `${source}: layer "${layer}" ${problem}.`);

export const invalidWeightFile = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('tfjs-layers/invalid-weights', `${source}: ${problem}. The weights are damaged or incomplete; fetch them again.`);
