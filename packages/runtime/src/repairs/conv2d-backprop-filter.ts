import type { Tensor4D } from '@tensorflow/tfjs-core';
import { kernelGradient } from '../maths/convolution.js';
import { type ConvAttributes, geometryOf } from './conv2d-geometry.js';
import { composedRepair } from './repair.js';

/** Missing on wasm. */
export const conv2dBackpropFilter = composedRepair(
  'Conv2DBackpropFilter',
  ['wasm'],
  ({ x, dy }: Record<'x' | 'dy', Tensor4D>, attributes: ConvAttributes & { readonly filterShape: number[] }) => {
    const [kh = 0, kw = 0] = attributes.filterShape;
    return kernelGradient(x, dy, [kh, kw], geometryOf(x.shape, attributes.filterShape, attributes));
  },
);
