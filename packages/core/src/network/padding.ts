import type { ExplicitPadding, Extent, Padding } from './layer.js';

/** Padding that leaves a map as it is. */
export const NO_PADDING: ExplicitPadding = { top: 0, left: 0, bottom: 0, right: 0 };

/** The same number of positions on all four sides. */
export const padAll = (n: number): ExplicitPadding => ({ top: n, left: n, bottom: n, right: n });

/** Number of input positions that a dilated kernel spans. */
export const dilatedSize = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1;

const sameTotal = (size: number, kernel: number, stride: number, dilation: number): number =>
  Math.max((Math.ceil(size / stride) - 1) * stride + dilatedSize(kernel, dilation) - size, 0);

/** Explicit padding for a map of this size, whatever rule gives it. */
export function resolvePadding(padding: Padding, size: Extent, kernel: Extent, stride: Extent, dilation: Extent = [1, 1]): ExplicitPadding {
  if (typeof padding === 'object') return padding;
  const y = sameTotal(size[0], kernel[0], stride[0], dilation[0]);
  const x = sameTotal(size[1], kernel[1], stride[1], dilation[1]);
  const before = padding === 'same' ? Math.floor : Math.ceil;
  const top = before(y / 2);
  const left = before(x / 2);
  return { top, left, bottom: y - top, right: x - left };
}

/**
 * Number of windows along one axis. In ceil mode the last window must start inside the map or its leading padding
 * (Caffe, PyTorch).
 */
export function windowCount(size: number, span: number, stride: number, before: number, after: number, ceilMode: boolean): number {
  const room = size + before + after - span;
  if (room < 0) return ceilMode && size + before > 0 && room + stride > 0 ? 1 : 0;
  const floor = Math.floor(room / stride) + 1;
  if (!ceilMode) return floor;
  const ceil = Math.ceil(room / stride) + 1;
  return (ceil - 1) * stride >= size + before ? ceil - 1 : ceil;
}
