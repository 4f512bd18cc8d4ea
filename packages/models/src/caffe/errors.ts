import { didYouMean, FeaturescopeError } from '@featurescope/core';

export const invalidCaffeModel = (source: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/invalid-model',
    `${source} cannot be read as a Caffe model: ${problem}. It is damaged, or of another format.`,
    cause === undefined ? {} : { cause },
  );

export const invalidPrototxt = (source: string, line: number, problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/invalid-prototxt', `${source}, line ${line}: ${problem}.`);

export const unknownField = (source: string, line: number, message: string, name: string, known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/unknown-field',
    `${source}, line ${line}: a ${message} has no field "${name}".${didYouMean(name, known)} Fields of other versions of Caffe cannot be read.`,
  );

export const solverGiven = (source: string): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/solver',
    `${source} is a solver: it says how a network is trained, not what it consists of. Give the network's deploy.prototxt or its .caffemodel.`,
  );

export const invalidCaffeNetwork = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/invalid-network', `${source} does not describe a network that can be read: ${problem}.`);

export const missingHalf = (source: string, wanted: string, what: string): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/missing-half',
    `${source} is one half of a Caffe network; ${what} should lie beside it, but there is no ${wanted}. Put it into the same folder.`,
  );

export const ambiguousHalf = (source: string, what: string, candidates: readonly string[], wanted: string): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/ambiguous-half',
    `${source} is one half of a Caffe network, and several files beside it could be ${what}: ${candidates.join(', ')}. Give one of them instead, or name the right one ${wanted}.`,
  );

export const missingMeanFile = (source: string, stated: string, name: string, description: string): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/missing-mean-file',
    `${source} subtracts the mean picture "${stated}", but there is no ${name} beside it. Put it into the same folder, or state the mean in a ${description} there.`,
  );

export const invalidMeanFile = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/invalid-mean-file', `${source} is not a mean picture of Caffe: ${problem}.`);

/** A layer of a file, for messages: `layer "conv1" (Convolution)`. */
const describeLayer = (name: string, type: string): string => `layer "${name}" (${type})`;

export const unsupportedCaffeType = (source: string, name: string, type: string, supported: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'caffe/unsupported-layer',
    `${source}: layer "${name}" is of the type ${type}, which is not supported. Supported types: ${[...supported].sort().join(', ')}.`,
  );

export const unsupportedCaffeLayer = (source: string, name: string, type: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/unsupported-option', `${source}: ${describeLayer(name, type)} ${problem}.`);

export const invalidCaffeWeights = (source: string, name: string, type: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/invalid-weights', `${source}: ${describeLayer(name, type)} ${problem}.`);

export const weightsOutOfProportion = (source: string): FeaturescopeError =>
  new FeaturescopeError('caffe/too-large', `${source} asks for far more weights than it contains. It is damaged, or not meant to be run.`);

export const notExpressible = (name: string, kind: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/not-expressible', `The layer "${name}" (${kind}) cannot be said in Caffe's format: ${problem}.`);

export const notWritable = (problem: string): FeaturescopeError =>
  new FeaturescopeError('caffe/not-writable', `The network cannot be written for Caffe: ${problem}.`);
