import { FeaturescopeError } from '@featurescope/core';
import type { KerasSource } from './source.js';

const KINDS: Readonly<Record<KerasSource['format'], string>> = {
  'tfjs-layers': 'a TensorFlow.js layers model',
  keras: 'a Keras model',
};

export const invalidModel = ({ path, format }: KerasSource, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    `${format}/invalid`,
    `${path} cannot be read as ${KINDS[format]}: ${problem}.`,
    cause === undefined ? {} : { cause },
  );

export const unsupportedKerasLayer = (
  { path, format }: KerasSource,
  layer: string,
  className: string,
  supported: readonly string[],
): FeaturescopeError =>
  new FeaturescopeError(
    `${format}/unsupported-layer`,
    `${path}: layer "${layer}" is of the kind ${className}, which is not supported. Supported kinds: ${[...supported].sort().join(', ')}.`,
  );

export const unsupportedKerasOption = ({ path, format }: KerasSource, layer: string, problem: string): FeaturescopeError =>
  new FeaturescopeError(`${format}/unsupported-option`, `${path}: layer "${layer}" ${problem}.`);

export const weightsOnly = (path: string): FeaturescopeError =>
  new FeaturescopeError(
    'keras/weights-only',
    `${path} holds the weights of a Keras model without its layers. Save the whole model: model.save("model.keras") instead of model.save_weights(…).`,
  );

export const oldKeras = (path: string, version: string): FeaturescopeError =>
  new FeaturescopeError(
    'keras/old-version',
    `${path} was saved by Keras ${version}; versions 2 and 3 are supported. Load it with Keras 2 and save it again.`,
  );

export const invalidArchive = (path: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'keras/invalid-archive',
    `${path} cannot be read as a .keras file: ${problem}. Expected the zip archive that model.save("model.keras") writes.`,
    cause === undefined ? {} : { cause },
  );
