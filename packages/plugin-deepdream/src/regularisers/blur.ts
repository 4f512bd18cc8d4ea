import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { TensorRegulariser } from './regulariser.js';

/** Standard deviations at which the Gaussian is cut off. */
const REACH = 3;

/**
 * x ← G_σ * x every n-th iteration (Yosinski et al., 2015), σ in pixels. Beyond the border nothing is assumed: the weights
 * inside are scaled to sum 1, so that a constant picture stays as it is.
 */
export function blur(sigma: number, every: number): TensorRegulariser {
  const kernel = gaussian(sigma);
  return { name: 'blur', halo: (kernel.length - 1) / 2, every, apply: (picture) => blurred(picture, kernel) };
}

/** exp(−i² / 2σ²) for |i| ≤ ⌈3σ⌉, with sum 1. */
export function gaussian(sigma: number): Float32Array {
  const radius = Math.ceil(REACH * sigma);
  const values = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = values.reduce((sum, value) => sum + value, 0);
  return Float32Array.from(values, (value) => value / total);
}

// One map of W · C columns: a row's neighbours of the same channel are C apart, so two plain convolutions do without transposes.
function blurred(picture: Tensor4D, kernel: Float32Array): Tensor4D {
  const [n, height, width, channels] = picture.shape;
  const size = kernel.length;
  const map = tf.reshape<tf.Rank.R4>(picture, [n, height, width * channels, 1]);
  const down = tf.conv2d(map, tf.tensor4d(kernel, [size, 1, 1, 1]), 1, 'same');
  const across = tf.conv2d(down, tf.tensor4d(kernel, [1, size, 1, 1]), 1, 'same', 'NHWC', [1, channels]);
  const rows = tf.tensor4d(weightInside(height, kernel), [1, height, 1, 1]);
  const columns = tf.tensor4d(weightInside(width, kernel), [1, 1, width, 1]);
  return tf.div(tf.reshape<tf.Rank.R4>(across, picture.shape), tf.mul(rows, columns));
}

/** Sum of the kernel's weights that fall inside, at each position of an axis. */
function weightInside(length: number, kernel: Float32Array): Float32Array {
  const radius = (kernel.length - 1) / 2;
  return Float32Array.from({ length }, (_, position) =>
    kernel.reduce((sum, weight, i) => {
      const at = position + i - radius;
      return at >= 0 && at < length ? sum + weight : sum;
    }, 0),
  );
}
