import { FeaturescopeError, type Layer } from '@featurescope/core';

export const notExpressible = ({ name, kind }: Pick<Layer, 'name' | 'kind'>, problem: string): FeaturescopeError =>
  new FeaturescopeError('onnx-export/not-expressible', `The layer "${name}" (${kind}) cannot be written to ONNX: ${problem}.`);

export const missingLayerWeight = (layer: string, parameter: string): FeaturescopeError =>
  new FeaturescopeError(
    'onnx-export/missing-weight',
    `The layer "${layer}" has no ${parameter}, so it cannot be written to ONNX. Expected a network with weights: a trained model, not an architecture.`,
  );

export const halfOverflow = (weight: string, value: number): FeaturescopeError =>
  new FeaturescopeError(
    'onnx-export/half-overflow',
    `The weight "${weight}" holds ${value}, which half precision cannot represent (largest value: 65504). Write it in single precision.`,
  );

export const tooLarge = (bytes: number, most: number): FeaturescopeError =>
  new FeaturescopeError(
    'onnx-export/too-large',
    `The weights take ${bytes} bytes, but one ONNX file holds at most ${most}. Half precision needs half of it.`,
  );
