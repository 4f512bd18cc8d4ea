import { type AvgPoolLayer, type ExplicitPadding, type MaxPoolLayer, resolvePadding } from '@featurescope/core';
import type { MapShape } from './operations.js';

type PoolLayer = MaxPoolLayer | AvgPoolLayer;

/** The padding that the layer declares. */
export const poolPadding = (layer: PoolLayer, [, , height, width]: MapShape): ExplicitPadding =>
  resolvePadding(layer.padding, [height, width], layer.size, layer.stride);

const after = (input: number, output: number, size: number, stride: number, before: number): number =>
  Math.max((output - 1) * stride + size - input - before, 0);

/** Padding with which rounding down gives exactly the layer's windows, whatever its ceil mode. */
export function exactPadding(layer: PoolLayer, input: MapShape, output: MapShape): ExplicitPadding {
  const { top, left } = poolPadding(layer, input);
  const { size, stride } = layer;
  return {
    top,
    left,
    bottom: after(input[2], output[2], size[0], stride[0], top),
    right: after(input[3], output[3], size[1], stride[1], left),
  };
}

/** ONNX Runtime refuses pools whose padding is as large as the window. */
export const fitsOperator = (layer: PoolLayer, { top, left, bottom, right }: ExplicitPadding): boolean =>
  Math.max(top, bottom) < layer.size[0] && Math.max(left, right) < layer.size[1];

/** How many windows' summands count, at each window along one axis. */
function divisors(input: number, output: number, size: number, stride: number, before: number, end: number, includePad: boolean): number[] {
  return Array.from({ length: output }, (_, window) => {
    const start = window * stride - before;
    const low = includePad ? start : Math.max(start, 0);
    const high = Math.min(start + size, includePad ? end : input);
    return Math.max(high - low, 0);
  });
}

/** Divisor of each window, [Ho · Wo]. */
export function avgDivisors(layer: AvgPoolLayer, input: MapShape, output: MapShape): Float32Array {
  const { top, left, bottom, right } = poolPadding(layer, input);
  const { size, stride, countIncludePad } = layer;
  const rows = divisors(input[2], output[2], size[0], stride[0], top, input[2] + bottom, countIncludePad);
  const columns = divisors(input[3], output[3], size[1], stride[1], left, input[3] + right, countIncludePad);
  return Float32Array.from(rows.flatMap((row) => columns.map((column) => row * column)));
}
