import type { LayerName, Shape } from '@featurescope/core';
import type { Constant } from './constants.js';

/** Axis of an activation as the file sees it: batch, channels, height, width. */
export type Axis = 'N' | 'C' | 'H' | 'W';

/** Activation of one of our layers, which is always [H, W, C], with the order of axes that the file gives it; axes left out have size 1. */
export interface Activation {
  readonly kind: 'activation';
  readonly layer: LayerName;
  readonly axes: readonly Axis[];
  /** Height, width and channels at the size at which the file is read. */
  readonly shape: Shape;
}

export type Value = Activation | Constant;

export const axesOf = (text: string): readonly Axis[] => [...text] as Axis[];

export const NCHW = axesOf('NCHW');
export const NC = axesOf('NC');

export const axisSize = (shape: Shape, axis: Axis, batch: number): number => {
  switch (axis) {
    case 'N':
      return batch;
    case 'H':
      return shape[0];
    case 'W':
      return shape[1];
    case 'C':
      return shape[2];
  }
};

/** Sizes in the order of the file. */
export const dimsOf = ({ axes, shape }: Activation, batch: number): readonly number[] => axes.map((axis) => axisSize(shape, axis, batch));

export const sameAxes = (a: Activation, b: Activation): boolean => a.axes.join('') === b.axes.join('');
