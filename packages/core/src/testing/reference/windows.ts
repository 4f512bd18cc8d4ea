import type { Extent, Padding } from '../../network/layer.js';

/** Windows along one axis: how many, and where they start in input coordinates (negative: in padding). */
export interface Axis {
  readonly count: number;
  readonly start: (window: number) => number;
  /** One past the last padded position; a window in ceil mode may reach beyond. */
  readonly paddedEnd: number;
}

interface Windows {
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly dilation: Extent;
  readonly padding: Padding;
  readonly ceilMode: boolean;
}

function sameAxis(size: number, kernel: number, stride: number, dilation: number, extraFirst: boolean): Axis {
  const count = Math.ceil(size / stride);
  let covered = 1 + (count - 1) * stride;
  for (let tap = 1; tap < kernel; tap++) covered += dilation;
  const missing = covered > size ? covered - size : 0;
  const half = (missing - (missing % 2)) / 2;
  const before = extraFirst ? missing - half : half;
  return { count, start: (window) => window * stride - before, paddedEnd: size + missing - before };
}

function explicitAxis(size: number, reach: number, stride: number, before: number, after: number, ceilMode: boolean): Axis {
  const start = (window: number) => window * stride - before;
  const overhang = (window: number) => start(window) + reach - (size + after);
  let count = 0;
  while (overhang(count) <= 0) count++;
  // In ceil mode one more window may hang over the end, if it covers something new and starts inside the map.
  if (ceilMode && overhang(count) < stride && start(count) < size) count++;
  return { count, start, paddedEnd: size + after };
}

/** The windows of a convolution or a pool over a map of this size, rows and columns. */
export function windowsOver(size: Extent, { kernel, stride, dilation, padding, ceilMode }: Windows): readonly [rows: Axis, columns: Axis] {
  if (typeof padding === 'string') {
    const extraFirst = padding === 'sameLower';
    return [
      sameAxis(size[0], kernel[0], stride[0], dilation[0], extraFirst),
      sameAxis(size[1], kernel[1], stride[1], dilation[1], extraFirst),
    ];
  }
  const reach = (axis: 0 | 1) => (kernel[axis] - 1) * dilation[axis] + 1;
  return [
    explicitAxis(size[0], reach(0), stride[0], padding.top, padding.bottom, ceilMode),
    explicitAxis(size[1], reach(1), stride[1], padding.left, padding.right, ceilMode),
  ];
}
