import { FeaturescopeError } from '@featurescope/core';

export const invalidMatFile = (source: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError('matconvnet/invalid', `${source} cannot be read as a MAT-file: ${problem}.`, cause === undefined ? {} : { cause });

export const damagedMatFile = (source: string, where: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'matconvnet/damaged',
    `${source}: ${where} ${problem}. The file is damaged or incomplete; fetch or save it again.`,
    cause === undefined ? {} : { cause },
  );

export const oldMatFile = (source: string): FeaturescopeError =>
  new FeaturescopeError(
    'matconvnet/old-version',
    `${source} is a MAT-file of version 4, which holds no structures. Load it in MATLAB or Octave and save it with -v7.`,
  );

export const tooLargeMatFile = (source: string, where: string, given: number, allowed: number): FeaturescopeError =>
  new FeaturescopeError(
    'matconvnet/too-large',
    `${source}: ${where} would take ${given} bytes, more than the ${allowed} that a file of this size may ask for. ` +
      'Save only the network, without training state.',
  );

export const noNetwork = (source: string, names: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'matconvnet/no-network',
    `${source} holds no MatConvNet network: expected a variable "layers", or a structure "net" with the field layers; ` +
      `found ${names.length === 0 ? 'no variables' : names.slice(0, 10).join(', ')}.`,
  );

export const invalidNetworkFile = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('matconvnet/invalid-network', `${source} holds no network that can be read: ${problem}.`);

export const unsupportedLayerType = (source: string, who: string, type: string, supported: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'matconvnet/unsupported-layer',
    `${source}: ${who} is of the type ${type}, which is not supported. Supported types: ${[...supported].sort().join(', ')}.`,
  );

export const unsupportedLayer = (source: string, who: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('matconvnet/unsupported-option', `${source}: ${who} ${problem}.`);
