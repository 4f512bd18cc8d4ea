import { type ConvLayer, type ExplicitPadding, resolvePadding } from '@featurescope/core';
import type { MapShape } from './operations.js';

export const convPadding = (layer: ConvLayer, [, , height, width]: MapShape): ExplicitPadding =>
  resolvePadding(layer.padding, [height, width], layer.kernelSize, layer.stride, layer.dilation);

/** One axis of the convolution that is the input gradient of another. */
export interface AdjointAxis {
  /** Phases per input stride: the gradient at position q·stride + r is the r-th group of channels at q. */
  readonly phases: number;
  /** Kernel taps per phase. */
  readonly taps: number;
  readonly begin: number;
  readonly end: number;
  /** Number of positions that the convolution gives. */
  readonly rows: number;
  /** Where the gradient starts in the interleaved positions. */
  readonly skip: number;
}

/**
 * The input gradient of a strided convolution as stride-1 convolutions, one for each residue of the position modulo the
 * stride: with j = i + padding = q·s + r, dx[i] = Σ_m w[r + m·s] · dy[q − m].
 */
export function adjointAxis(input: number, output: number, kernel: number, stride: number, dilation: number, before: number): AdjointAxis {
  const phases = Math.min(stride, kernel);
  const taps = Math.ceil(kernel / stride);
  const span = (taps - 1) * dilation;
  const first = Math.min(Math.floor(before / stride), span);
  const last = Math.max(Math.ceil((before + input) / stride), output);
  return { phases, taps, begin: span - first, end: last - output, rows: last - first, skip: before - first * stride };
}
