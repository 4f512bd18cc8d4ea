import type { Box, Extent } from '@featurescope/core';

/** Where a window stands on a picture: every row of `tops` with every column of `lefts`, in row-major order. Pixels. */
export interface WindowGrid {
  readonly picture: Extent;
  readonly window: Extent;
  readonly stride: Extent;
  readonly tops: readonly number[];
  readonly lefts: readonly number[];
}

/** Starts of a window along one axis: 0, s, 2s, …, ceil((D − w) / s) + 1 of them, the last pulled back to D − w. */
export const starts = (length: number, window: number, stride: number): number[] =>
  Array.from({ length: Math.ceil((length - window) / stride) + 1 }, (_, i) => Math.min(i * stride, length - window));

export const windowGrid = (picture: Extent, window: Extent, stride: Extent): WindowGrid => ({
  picture,
  window,
  stride,
  tops: starts(picture[0], window[0], stride[0]),
  lefts: starts(picture[1], window[1], stride[1]),
});

/** Rows and columns of positions. */
export const gridShape = ({ tops, lefts }: WindowGrid): readonly [number, number] => [tops.length, lefts.length];

export const positionCount = ({ tops, lefts }: WindowGrid): number => tops.length * lefts.length;

/** The pixels that the window hides at a position. */
export const boxAt = ({ tops, lefts, window: [height, width] }: WindowGrid, position: number): Box => ({
  top: tops[Math.floor(position / lefts.length)] ?? 0,
  left: lefts[position % lefts.length] ?? 0,
  height,
  width,
});

/** `32x32`: height × width in a name. */
export const sizeName = ([height, width]: Extent): string => (height === width ? String(height) : `${height}x${width}`);
