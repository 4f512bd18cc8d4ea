import { backend_util } from '@tensorflow/tfjs-core';
import type { ConvolutionGeometry } from '../maths/convolution.js';

type FourNumbers = [number, number, number, number];

/** Attributes of TensorFlow.js's convolution gradient kernels. */
export interface ConvAttributes {
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Stride, dilation and explicit padding from a kernel's attributes. */
export function geometryOf(
  input: readonly number[],
  filter: readonly number[],
  attributes: ConvAttributes,
  depthwise = false,
): ConvolutionGeometry {
  const { strides, dilations = 1, pad, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(
    input as FourNumbers,
    filter as FourNumbers,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
  const { top, left, bottom, right } = info.padInfo;
  return {
    stride: [info.strideHeight, info.strideWidth],
    dilation: [info.dilationHeight, info.dilationWidth],
    padding: { top, left, bottom, right },
  };
}
