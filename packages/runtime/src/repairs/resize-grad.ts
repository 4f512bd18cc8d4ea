import type { Tensor4D } from '@tensorflow/tfjs-core';
import { transposedSampling } from '../maths/sampling.js';
import { composedRepair } from './repair.js';

/** Attributes of TensorFlow.js's resize kernels. */
export interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters?: boolean;
}

/** Where position `i` of an axis of `to` positions takes its value from, in an axis of `from`. */
export type AxisSampling = (i: number, from: number, to: number, attributes: ResizeAttributes) => readonly (readonly [number, number])[];

export const axisScale = (from: number, to: number, alignCorners: boolean): number =>
  alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;

/** A gradient kernel that is right for every pair of sizes; no published one takes half-pixel centres into account. */
export const resizeGrad = (kernelName: string, sampling: AxisSampling) =>
  composedRepair(
    kernelName,
    ['tensorflow', 'tensorflow-gpu', 'webgpu', 'wasm', 'cpu'],
    ({ images, dy }: Record<'images' | 'dy', Tensor4D>, attributes: ResizeAttributes) => {
      const [, height, width] = images.shape;
      const [, rows, columns] = dy.shape;
      return transposedSampling(
        dy,
        [height, width],
        (i) => sampling(i, height, rows, attributes),
        (i) => sampling(i, width, columns, attributes),
      );
    },
  );
