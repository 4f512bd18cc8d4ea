import type { ExplicitPadding } from '@featurescope/core';
import type { GraphBuilder, Value } from './builder.js';

/** Sizes of a map inside the graph: [N, C, H, W]. */
export type MapShape = readonly [batch: number, channels: number, height: number, width: number];

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);

export const reshape = (g: GraphBuilder, value: Value, dims: readonly number[]): Value => g.op('Reshape', [value, g.ints(dims)]);

export const transpose = (g: GraphBuilder, value: Value, perm: readonly number[]): Value => g.op('Transpose', [value], { perm });

/** [N, H, W, C] → [N, C, H, W]. */
export function toChannelsFirst(g: GraphBuilder, value: Value, [n, c, h, w]: MapShape): Value {
  return c === 1 || h * w === 1 ? reshape(g, value, [n, c, h, w]) : transpose(g, value, [0, 3, 1, 2]);
}

/** [N, C, H, W] → [N, H, W, C]. */
export function toChannelsLast(g: GraphBuilder, value: Value, [n, c, h, w]: MapShape): Value {
  return c === 1 || h * w === 1 ? reshape(g, value, [n, h, w, c]) : transpose(g, value, [0, 2, 3, 1]);
}

/** Pads (or, where negative, crops) height and width with a constant. */
export function pad(g: GraphBuilder, value: Value, { top, left, bottom, right }: ExplicitPadding, constant = 0): Value {
  if (top === 0 && left === 0 && bottom === 0 && right === 0) return value;
  return g.op('Pad', [value, g.ints([0, 0, top, left, 0, 0, bottom, right]), g.scalar(constant)]);
}

/** Takes [start, start + size) of height and width. */
export function crop(g: GraphBuilder, value: Value, start: readonly [number, number], size: readonly [number, number]): Value {
  const ends = [start[0] + size[0], start[1] + size[1]];
  return g.op('Slice', [value, g.ints(start), g.ints(ends), g.ints([2, 3])]);
}

/** Puts stride − 1 zeros after each position of height and width. */
export function dilate(g: GraphBuilder, value: Value, [n, c, h, w]: MapShape, [sy, sx]: readonly [number, number]): Value {
  if (sy === 1 && sx === 1) return value;
  const apart = reshape(g, value, [n, c, h, 1, w, 1]);
  const spread = g.op('Pad', [apart, g.ints([0, 0, 0, 0, 0, 0, 0, 0, 0, sy - 1, 0, sx - 1])]);
  return reshape(g, spread, [n, c, h * sy, w * sx]);
}

/** Sum over the given axes, which are kept with size 1. */
export const reduceSum = (g: GraphBuilder, value: Value, axes: readonly number[], keep = true): Value =>
  g.op('ReduceSum', [value, g.ints(axes)], { keepdims: keep ? 1 : 0 });
