import type { Tensor4D } from '@tensorflow/tfjs-core';
import { rotatedConvolution } from '../maths/convolution.js';
import { type ConvAttributes, geometryOf } from './conv2d-geometry.js';
import { composedRepair } from './repair.js';

/** The published wasm kernel is a plain loop; a convolution with the rotated kernel is several times faster. */
export const conv2dBackpropInput = composedRepair(
  'Conv2DBackpropInput',
  ['wasm'],
  ({ dy, filter }: Record<'dy' | 'filter', Tensor4D>, attributes: ConvAttributes & { readonly inputShape: number[] }) => {
    const [, height = 0, width = 0] = attributes.inputShape;
    return rotatedConvolution(dy, filter, [height, width], geometryOf(attributes.inputShape, filter.shape, attributes));
  },
);
