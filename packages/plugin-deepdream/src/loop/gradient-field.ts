import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type Canvas, type CanvasShape, type Rows, readRows } from './canvas.js';

/** ∂J/∂x over a whole canvas, as a tensor or, where that would be too large, in plain memory. */
export interface GradientField {
  readonly shape: CanvasShape;
  /** [N, rows, W, C]; the caller disposes it. */
  rows(rows: Rows): Tensor4D;
  /** Mean |∂J/∂x| of each picture, [N, 1, 1, 1]; the caller disposes it. */
  meanMagnitude(): Tensor4D;
  dispose(): void;
}

/** The field of a tensor, which it owns. */
export const fieldOfTensor = (gradient: Tensor4D): GradientField => ({
  shape: gradient.shape,
  rows: ({ top, bottom }) => tf.slice(gradient, [0, top, 0, 0], [-1, bottom - top, -1, -1]),
  meanMagnitude: () => tf.tidy(() => tf.mean(tf.abs(gradient), [1, 2, 3], true)),
  dispose: () => gradient.dispose(),
});

/** The field of one picture in plain memory. */
export const fieldOfCanvas = (gradient: Canvas): GradientField => ({
  shape: gradient.shape,
  rows: (rows) => readRows(gradient, rows),
  meanMagnitude: () => {
    const { data } = gradient;
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] ?? 0);
    return tf.tensor4d([sum / data.length], [1, 1, 1, 1]);
  },
  dispose: () => undefined,
});
