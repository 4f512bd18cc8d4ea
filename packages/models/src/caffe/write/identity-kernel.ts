import type { ExplicitPadding, Extent } from '@featurescope/core';

/** Kernels [C, 1, h, w] of a convolution by channel that leaves out so many rows and columns in front and at the end. */
export const cropKernel = (channels: number, front: Extent, end: Extent): Float32Array => {
  const columns = front[1] + end[1] + 1;
  const area = (front[0] + end[0] + 1) * columns;
  const one = front[0] * columns + front[1];
  return Float32Array.from({ length: channels * area }, (_, i) => (i % area === one ? 1 : 0));
};

/** Padding that is the same on both sides, and the zeros that a kernel gets in front and at the end of each axis instead. */
export interface EvenPadding {
  readonly pad: Extent;
  readonly front: Extent;
  readonly end: Extent;
}

/**
 * The same windows with the larger padding on both sides and kernels with zeros where the smaller one was; undefined where the
 * dilation leaves no place for them.
 */
export const evenPadding = ({ top, left, bottom, right }: ExplicitPadding, [dy, dx]: Extent): EvenPadding | undefined => {
  const front: Extent = [Math.max(0, bottom - top) / dy, Math.max(0, right - left) / dx];
  const end: Extent = [Math.max(0, top - bottom) / dy, Math.max(0, left - right) / dx];
  if (![...front, ...end].every(Number.isInteger)) return undefined;
  return { pad: [Math.max(top, bottom), Math.max(left, right)], front, end };
};

/** Kernels [O, I, h, w] with zeros around them. */
export const withZeros = (
  kernels: Float32Array,
  [height, width]: Extent,
  { front, end }: Pick<EvenPadding, 'front' | 'end'>,
): Float32Array => {
  const [rows, columns] = [height + front[0] + end[0], width + front[1] + end[1]];
  if (rows === height && columns === width) return kernels;
  const count = kernels.length / (height * width);
  const result = new Float32Array(count * rows * columns);
  for (let kernel = 0; kernel < count; kernel++)
    for (let y = 0; y < height; y++) {
      const from = (kernel * height + y) * width;
      result.set(kernels.subarray(from, from + width), (kernel * rows + y + front[0]) * columns + front[1]);
    }
  return result;
};
