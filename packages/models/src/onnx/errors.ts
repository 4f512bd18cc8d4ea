import { FeaturescopeError } from '@featurescope/core';

/** A node of a file, for messages: `node "conv1" (Conv)`. */
export const describeNode = (name: string, operator: string): string => `node "${name}" (${operator})`;

export const invalidOnnxFile = (source: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError('onnx/invalid', `${source} cannot be read as an ONNX model: ${problem}.`, cause === undefined ? {} : { cause });

export const unsupportedOperator = (source: string, node: string, operator: string, supported: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'onnx/unsupported-operator',
    `${source}: the operator ${operator} of node "${node}" is not supported. ` +
      `Supported operators: ${[...supported].sort().join(', ')}. Export the network without it.`,
  );

export const unsupportedNode = (source: string, node: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('onnx/unsupported-node', `${source}: ${node} ${problem}.`);

export const unsupportedOpset = (source: string, given: string, expected: string): FeaturescopeError =>
  new FeaturescopeError(
    'onnx/unsupported-opset',
    `${source} uses ${given}. Expected ${expected}. Export the network again with such a version.`,
  );

export const missingValue = (source: string, node: string, value: string): FeaturescopeError =>
  new FeaturescopeError('onnx/missing-value', `${source}: ${node} takes "${value}", which no input, initializer or node provides.`);

export const graphCycle = (source: string, node: string): FeaturescopeError =>
  new FeaturescopeError('onnx/cycle', `${source}: ${node} depends on its own output (the graph has a cycle).`);

export const invalidTensor = (source: string, tensor: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('onnx/invalid-tensor', `${source}: the tensor "${tensor}" ${problem}.`);

export const tooLarge = (source: string): FeaturescopeError =>
  new FeaturescopeError(
    'onnx/too-large',
    `${source} asks for far more weights than it contains (values copied over and over). It is damaged, or not meant to be run.`,
  );
