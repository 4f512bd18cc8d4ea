import type { InputSpec } from '@featurescope/core';

/**
 * Square root of the covariance of the colours (rows: red, green, blue) of ImageNet, as in lucid (`color_correlation_svd_sqrt`):
 * the first column is brightness, the others are colour contrasts.
 */
const COLOUR_ROOT = [
  [0.26, 0.09, 0.02],
  [0.27, 0.0, -0.05],
  [0.27, -0.09, 0.03],
] as const;

const LARGEST_COLUMN = Math.max(...([0, 1, 2] as const).map((j) => Math.hypot(...COLOUR_ROOT.map((row) => row[j]))));

/**
 * Decorrelated colours → colours in the network's channel order, a matrix [3, 3] to multiply rows of pixels with, its largest
 * column being of length 1. Undefined for a network that does not see colours.
 */
export function colourMatrix({ channels, preprocessing }: InputSpec): Float32Array | undefined {
  const order = preprocessing?.channelOrder ?? 'rgb';
  if (channels !== 3 || order === 'grey') return undefined;
  const colours = order === 'bgr' ? [...COLOUR_ROOT].reverse() : COLOUR_ROOT;
  return Float32Array.from({ length: 9 }, (_, i) => (colours[i % 3]?.[Math.floor(i / 3)] ?? 0) / LARGEST_COLUMN);
}
