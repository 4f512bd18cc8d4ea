import { didYouMean, FeaturescopeError } from '@featurescope/core';

export const missingWeight = (name: string) =>
  new FeaturescopeError(
    'onnx/missing-weight',
    `onnx executor: the network has no weight "${name}", which one of its layers needs; load a model with weights, or initialise the architecture first`,
  );

export const wrongWeightSize = (name: string, given: number, expected: number) =>
  new FeaturescopeError('onnx/wrong-weight-size', `onnx executor: weight "${name}" has ${given} values, expected ${expected}`);

export const unknownWeight = (name: string) =>
  new FeaturescopeError('onnx/unknown-weight', `onnx executor: setWeights was given "${name}", which is no weight of this network`);

export const wrongInputChannels = (given: number, expected: number) =>
  new FeaturescopeError('onnx/wrong-input', `onnx executor: the input has ${given} channels, but the network takes ${expected}`);

export const layerWithoutValue = (name: string) =>
  new FeaturescopeError('onnx/no-activation', `onnx executor: layer "${name}" is a stored constant and has no activation to ask for`);

export const wrongReplacement = (layer: string, given: readonly number[], expected: readonly number[]) =>
  new FeaturescopeError(
    'onnx/wrong-replacement',
    `onnx executor: a hook at layer "${layer}" returned a tensor of shape [${given.join(', ')}], expected [${expected.join(', ')}]; a replacement keeps the shape`,
  );

export const disposed = () =>
  new FeaturescopeError('onnx/disposed', 'onnx executor: the compiled network has been disposed', { category: 'failure' });

export const sessionFailed = (cause: unknown) =>
  new FeaturescopeError(
    'onnx/session',
    `onnx executor: ONNX Runtime refused a pass: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      category: 'failure',
      cause,
    },
  );

export const unknownLayer = (name: string, known: readonly string[]) =>
  new FeaturescopeError('onnx/unknown-layer', `onnx executor: the network has no layer "${name}".${didYouMean(name, known)}`);
