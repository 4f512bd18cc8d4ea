import { dilatedSize, type ExplicitPadding, type Extent, resolvePadding } from '@featurescope/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { everyNth, insertZeros, padOrCrop } from './spacing.js';

/** How a kernel moves over a map. */
export interface ConvolutionGeometry {
  readonly stride: Extent;
  readonly dilation: Extent;
  readonly padding: ExplicitPadding;
}

const isOne = ([y, x]: Extent): boolean => y === 1 && x === 1;

const samePadding = (a: ExplicitPadding, b: ExplicitPadding): boolean =>
  a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right;

/** TensorFlow's kernels know only `same` and `valid`: with `valid`, the padding has to be put on the map first. */
export function paddingRule(map: Extent, kernel: Extent, { stride, dilation, padding }: ConvolutionGeometry): 'same' | 'valid' {
  return samePadding(padding, resolvePadding('same', map, kernel, stride, dilation)) ? 'same' : 'valid';
}

/** The map as TensorFlow's kernels want it, and the rule to give them. */
export function padded(x: Tensor4D, kernel: Extent, geometry: ConvolutionGeometry): readonly [Tensor4D, 'same' | 'valid'] {
  const rule = paddingRule([x.shape[1], x.shape[2]], kernel, geometry);
  return [rule === 'same' ? x : padOrCrop(x, geometry.padding), rule];
}

/** Convolution (cross-correlation) with a kernel [kh, kw, Cin, Cout]. */
export function convolve(x: Tensor4D, kernel: Tensor4D, geometry: ConvolutionGeometry): Tensor4D {
  return tf.tidy(() => {
    const size: Extent = [kernel.shape[0], kernel.shape[1]];
    const { stride, dilation } = geometry;
    if (isOne(stride) || isOne(dilation)) {
      const [map, rule] = padded(x, size, geometry);
      return tf.conv2d(map, kernel, [...stride], rule, 'NHWC', [...dilation]);
    }
    const dense = tf.conv2d(padOrCrop(x, geometry.padding), kernel, 1, 'valid', 'NHWC', [...dilation]);
    return subsample(dense, stride);
  });
}

/** Depthwise convolution with a kernel [kh, kw, C, multiplier]. */
export function convolveDepthwise(x: Tensor4D, kernel: Tensor4D, { stride, dilation, padding }: ConvolutionGeometry): Tensor4D {
  return tf.tidy(() => {
    const spread = isOne(dilation) ? kernel : spreadKernel(kernel, dilation);
    const uniform = stride[0] === stride[1];
    const map = tf.depthwiseConv2d(padOrCrop(x, padding), spread, uniform ? stride[0] : 1, 'valid');
    return uniform ? map : subsample(map, stride);
  });
}

/** Gradient of `convolve` with respect to its input of shape [N, H, W, Cin], as a convolution of the signal with the rotated kernel. */
export function rotatedConvolution(signal: Tensor4D, kernel: Tensor4D, input: Extent, geometry: ConvolutionGeometry): Tensor4D {
  return tf.tidy(() => {
    const size: Extent = [kernel.shape[0], kernel.shape[1]];
    const rotated: Tensor4D = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
    return convolve(insertZeros(signal, geometry.stride), rotated, mirrored(signal, size, input, geometry));
  });
}

/** Gradient of `convolveDepthwise` with respect to its input. */
export function rotatedDepthwise(signal: Tensor4D, kernel: Tensor4D, input: Extent, geometry: ConvolutionGeometry): Tensor4D {
  return tf.tidy(() => {
    const [kh, kw, channels, multiplier] = kernel.shape;
    const rotated: Tensor4D = tf.reshape(tf.reverse(kernel, [0, 1]), [kh, kw, channels * multiplier, 1]);
    const each = convolveDepthwise(insertZeros(signal, geometry.stride), rotated, mirrored(signal, [kh, kw], input, geometry));
    if (multiplier === 1) return each;
    const [n, h, w] = each.shape;
    return tf.reshape(tf.sum(tf.reshape(each, [n * h * w, channels, multiplier]), 2), [n, h, w, channels]);
  });
}

/** Gradient of `convolve` with respect to its kernel, as one matrix product per kernel position. */
export function kernelGradient(x: Tensor4D, signal: Tensor4D, size: Extent, geometry: ConvolutionGeometry): Tensor4D {
  return tf.tidy(() => {
    const [n, rows, columns, filters] = signal.shape;
    const channels = x.shape[3];
    const flatSignal: tf.Tensor2D = tf.reshape(signal, [n * rows * columns, filters]);
    const products = perPosition(x, signal, size, geometry, (seen) =>
      tf.matMul(tf.reshape(seen, [n * rows * columns, channels]), flatSignal, true),
    );
    return tf.reshape(products, [...size, channels, filters]);
  });
}

/** Gradient of `convolveDepthwise` with respect to its kernel. */
export function depthwiseKernelGradient(x: Tensor4D, signal: Tensor4D, size: Extent, geometry: ConvolutionGeometry): Tensor4D {
  return tf.tidy(() => {
    const [n, rows, columns, filters] = signal.shape;
    const channels = x.shape[3];
    const perChannel = tf.reshape(signal, [n * rows * columns, channels, filters / channels]);
    const products = perPosition(x, signal, size, geometry, (seen) =>
      tf.sum(tf.mul(tf.reshape(seen, [n * rows * columns, channels, 1]), perChannel), 0),
    );
    return tf.reshape(products, [...size, channels, filters / channels]);
  });
}

function perPosition(
  x: Tensor4D,
  signal: Tensor4D,
  size: Extent,
  geometry: ConvolutionGeometry,
  product: (seen: Tensor4D) => Tensor,
): Tensor {
  const map = padOrCrop(x, geometry.padding);
  const { stride, dilation } = geometry;
  const results: Tensor[] = [];
  for (let row = 0; row < size[0]; row++)
    for (let column = 0; column < size[1]; column++) {
      const start: Extent = [row * dilation[0], column * dilation[1]];
      results.push(product(everyNth(map, start, [signal.shape[1], signal.shape[2]], stride)));
    }
  return tf.stack(results);
}

const subsample = (dense: Tensor4D, stride: Extent): Tensor4D => {
  const results: Extent = [Math.ceil(dense.shape[1] / stride[0]), Math.ceil(dense.shape[2] / stride[1])];
  return everyNth(dense, [0, 0], results, stride);
};

function spreadKernel(kernel: Tensor4D, dilation: Extent): Tensor4D {
  const [kh, kw, channels, multiplier] = kernel.shape;
  const spread = insertZeros(tf.reshape(kernel, [1, kh, kw, channels * multiplier]), dilation);
  return tf.reshape(spread, [spread.shape[1], spread.shape[2], channels, multiplier]);
}

/** The convolution that carries a signal (with zeros inserted) back to an input of this size. */
function mirrored(signal: Tensor4D, size: Extent, input: Extent, { stride, dilation, padding }: ConvolutionGeometry): ConvolutionGeometry {
  const around = (axis: 0 | 1, before: number): readonly [number, number] => {
    const span = dilatedSize(size[axis], dilation[axis]);
    const length = ((signal.shape[1 + axis] ?? 0) - 1) * stride[axis] + 1;
    const leading = span - 1 - before;
    return [leading, input[axis] + span - 1 - leading - length];
  };
  const [top, bottom] = around(0, padding.top);
  const [left, right] = around(1, padding.left);
  return { stride: [1, 1], dilation, padding: { top, left, bottom, right } };
}
