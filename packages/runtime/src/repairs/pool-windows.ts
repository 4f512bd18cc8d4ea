import { backend_util } from '@tensorflow/tfjs-core';
import type { PoolGeometry } from '../maths/unpooling.js';

/** Attributes of TensorFlow.js's pool kernels. */
export interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The part of one window that lies on the map: rows `top` to `bottom` and columns `left` to `right`, ends excluded. */
export type Visit = (window: number, picture: number, top: number, bottom: number, left: number, right: number) => void;

const poolInfo = (shape: readonly number[], { filterSize, strides, pad, dimRoundingMode }: PoolAttributes) =>
  backend_util.computePool2DInfo(shape as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode);

/** The same in the terms of this package. */
export function poolGeometry(shape: readonly number[], attributes: PoolAttributes): PoolGeometry {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = poolInfo(shape, attributes);
  const { top, left, bottom, right } = padInfo;
  return { size: [filterHeight, filterWidth], stride: [strideHeight, strideWidth], padding: { top, left, bottom, right } };
}

/** Visits the windows of a pool over a map [N, H, W, C] in row-major order; `window` counts them. */
export function forEachWindow(shape: readonly number[], attributes: PoolAttributes, visit: Visit): void {
  const pool = poolInfo(shape, attributes);
  let window = 0;
  for (let n = 0; n < pool.batchSize; n++)
    for (let row = 0; row < pool.outHeight; row++) {
      const y = row * pool.strideHeight - pool.padInfo.top;
      for (let column = 0; column < pool.outWidth; column++) {
        const x = column * pool.strideWidth - pool.padInfo.left;
        const bottom = Math.min(y + pool.filterHeight, pool.inHeight);
        visit(window++, n, Math.max(y, 0), bottom, Math.max(x, 0), Math.min(x + pool.filterWidth, pool.inWidth));
      }
    }
}
