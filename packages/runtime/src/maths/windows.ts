import { type AvgPoolLayer, type ExplicitPadding, type Extent, type MaxPoolLayer, resolvePadding, windowCount } from '@featurescope/core';

/** The windows of a pool over a map of one size. */
export interface Windows {
  readonly size: Extent;
  readonly stride: Extent;
  /** Number of windows along each axis. */
  readonly count: Extent;
  /** As the layer asks for. */
  readonly padding: ExplicitPadding;
  /** Padding that makes the windows cover the map's end, with more at the end in ceil mode; never crops. */
  readonly cover: ExplicitPadding;
}

export function windowsOf(layer: MaxPoolLayer | AvgPoolLayer, map: Extent): Windows {
  const { size, stride, ceilMode } = layer;
  const padding = resolvePadding(layer.padding, map, size, stride);
  const count: Extent = [
    windowCount(map[0], size[0], stride[0], padding.top, padding.bottom, ceilMode),
    windowCount(map[1], size[1], stride[1], padding.left, padding.right, ceilMode),
  ];
  const beyond = (axis: 0 | 1, before: number): number => Math.max((count[axis] - 1) * stride[axis] + size[axis] - before - map[axis], 0);
  const cover = { top: padding.top, left: padding.left, bottom: beyond(0, padding.top), right: beyond(1, padding.left) };
  return { size, stride, count, padding, cover };
}
