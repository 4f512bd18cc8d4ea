import type { Tensor4D } from '@tensorflow/tfjs-core';
import { depthwiseKernelGradient, rotatedDepthwise } from '../maths/convolution.js';
import { type ConvAttributes, geometryOf } from './conv2d-geometry.js';
import { composedRepair } from './repair.js';

/** Missing on wasm. */
export const depthwiseBackpropInput = composedRepair(
  'DepthwiseConv2dNativeBackpropInput',
  ['wasm'],
  ({ dy, filter }: Record<'dy' | 'filter', Tensor4D>, attributes: ConvAttributes & { readonly inputShape: number[] }) => {
    const [, height = 0, width = 0] = attributes.inputShape;
    return rotatedDepthwise(dy, filter, [height, width], geometryOf(attributes.inputShape, filter.shape, attributes, true));
  },
);

/** Missing on wasm. */
export const depthwiseBackpropFilter = composedRepair(
  'DepthwiseConv2dNativeBackpropFilter',
  ['wasm'],
  ({ x, dy }: Record<'x' | 'dy', Tensor4D>, attributes: ConvAttributes & { readonly filterShape: number[] }) => {
    const [kh = 0, kw = 0] = attributes.filterShape;
    return depthwiseKernelGradient(x, dy, [kh, kw], geometryOf(x.shape, attributes.filterShape, attributes, true));
  },
);
