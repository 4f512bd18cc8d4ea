import { FeaturescopeError } from '../errors.js';

/** The bytes are not what the format promises. */
export const malformedFile = (source: string, format: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'file/malformed',
    `${source} is not a valid ${format} file: ${problem}. It may be damaged or incomplete; fetch or export it again.`,
    cause === undefined ? {} : { cause },
  );

export const unsupportedArray = (source: string, given: string, expected: string): FeaturescopeError =>
  new FeaturescopeError('file/unsupported-array', `The array ${source} ${given}. Expected ${expected}.`);

export const halfOverflow = (tensor: string, value: number): FeaturescopeError =>
  new FeaturescopeError(
    'file/half-overflow',
    `The tensor "${tensor}" holds ${value}, which half precision cannot represent (largest value: 65504). Save it in single precision.`,
    { category: 'failure' },
  );

export const invalidTensor = (tensor: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('file/invalid-tensor', `The tensor "${tensor}" cannot be saved: ${problem}.`, { category: 'failure' });

export const notAModelFile = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError(
    'file/no-model',
    `${source} is a safetensors file, but not a Featurescope model: ${problem}. Expected a file written by \`featurescope train\`; a network of another tool can be given as .onnx or TensorFlow.js model.json.`,
  );
