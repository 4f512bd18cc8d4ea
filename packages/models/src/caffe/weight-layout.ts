import type { Shape } from '@featurescope/core';

/** Sizes of Caffe's convolution kernels: filters, channels of a group, height, width. */
export type KernelSizes = readonly [filters: number, depth: number, height: number, width: number];

/** Convolution weights [O, I, H, W] as [H, W, I, O]. */
export const hwioFromOihw = (values: Float32Array, [o, i, h, w]: KernelSizes): Float32Array => {
  const result = new Float32Array(values.length);
  let from = 0;
  for (let output = 0; output < o; output++)
    for (let input = 0; input < i; input++)
      for (let position = 0; position < h * w; position++) result[(position * i + input) * o + output] = values[from++] ?? 0;
  return result;
};

/** Convolution weights [H, W, I, O] as [O, I, H, W]. */
export const oihwFromHwio = (values: Float32Array, [o, i, h, w]: KernelSizes): Float32Array => {
  const result = new Float32Array(values.length);
  let to = 0;
  for (let output = 0; output < o; output++)
    for (let input = 0; input < i; input++)
      for (let position = 0; position < h * w; position++) result[to++] = values[(position * i + input) * o + output] ?? 0;
  return result;
};

/** A matrix of `rows` rows with rows and columns exchanged. */
export const transposed = (values: Float32Array, rows: number): Float32Array => {
  const columns = values.length / rows;
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column] ?? 0;
  return result;
};

/** Dense weights [inputs, units] whose inputs are a map in the order height, width, channels, as [inputs, units] in the order channels, height, width. */
export const chwRows = (values: Float32Array, [height, width, channels]: Shape): Float32Array => {
  const positions = height * width;
  const units = values.length / (positions * channels);
  const result = new Float32Array(values.length);
  for (let position = 0; position < positions; position++)
    for (let channel = 0; channel < channels; channel++) {
      const from = (position * channels + channel) * units;
      result.set(values.subarray(from, from + units), (channel * positions + position) * units);
    }
  return result;
};
