import { type Box, type Layer, NO_PADDING, resolvePadding, type Shape } from '@featurescope/core';

/** How a position of a layer's output reads positions of an input: the taps of a window, in row-major order. */
export interface Reading {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Rows and columns by which the first window begins outside the map. */
  readonly before: readonly [number, number];
  /** What is read outside the map. */
  readonly outside: number;
}

/** Stands for −∞: the least finite number, as the operator itself uses. */
const LOWEST = -3.4028234663852886e38;

const ONE = [1, 1] as const;

/** Each position reads the one in its place. */
const IN_PLACE: Reading = { kernel: ONE, stride: ONE, dilation: ONE, before: [0, 0], outside: 0 };

/** How a layer reads its input; `inPlace` where each position of the output needs just the position in its place. */
export function readingOf(layer: Layer, input: Shape): Reading | 'inPlace' {
  switch (layer.kind) {
    case 'conv': {
      const { kernelSize: kernel, stride, dilation } = layer;
      const { top, left, bottom, right } = resolvePadding(layer.padding, [input[0], input[1]], kernel, stride, dilation);
      const isPointwise = [...kernel, ...stride].every((n) => n === 1) && [top, left, bottom, right].every((n) => n === 0);
      return isPointwise ? 'inPlace' : { kernel, stride, dilation, before: [top, left], outside: 0 };
    }
    case 'maxPool':
    case 'avgPool': {
      const { top, left } = resolvePadding(layer.padding, [input[0], input[1]], layer.size, layer.stride);
      const outside = layer.kind === 'maxPool' ? LOWEST : 0;
      return { kernel: layer.size, stride: layer.stride, dilation: ONE, before: [top, left], outside };
    }
    case 'dense':
    case 'flatten':
    case 'globalAvgPool':
      return input[0] * input[1] === 1 ? 'inPlace' : { ...IN_PLACE, kernel: [input[0], input[1]] };
    case 'pad': {
      const { top, left } = layer.padding ?? NO_PADDING;
      return { ...IN_PLACE, before: [top, left], outside: layer.value };
    }
    default:
      return 'inPlace';
  }
}

/** In its place, of an input that is not known at the same positions, or that is spread over all of them. */
export const joined = (input: Shape, output: Shape): Reading =>
  input[0] * input[1] < output[0] * output[1] ? { ...IN_PLACE, stride: [0, 0] } : IN_PLACE;

/** Where the rows of a table come from: those of the unchanged map, then what lies outside, then the changed rows of all patches. */
export interface Table {
  readonly shape: Shape;
  /** What is read outside the map, one row each. */
  readonly outside: readonly number[];
  /** For each patch: the positions that it changes, whose rows follow each other. */
  readonly changed: readonly Box[];
}

/** For each changed position of the output and each tap the row of the table that it reads. */
export function readRows({ kernel, stride, dilation, before, outside }: Reading, table: Table, wanted: readonly Box[]): Int32Array {
  const [height, width] = table.shape;
  const out = height * width + Math.max(0, table.outside.indexOf(outside));
  let first = height * width + table.outside.length;
  const taps = kernel[0] * kernel[1];
  const rows = new Int32Array(wanted.reduce((sum, box) => sum + box.height * box.width, 0) * taps);
  let at = 0;
  for (const [n, box] of wanted.entries()) {
    const changed = table.changed[n] ?? box;
    for (let y = box.top; y < box.top + box.height; y++)
      for (let x = box.left; x < box.left + box.width; x++)
        for (let ky = 0; ky < kernel[0]; ky++) {
          const iy = y * stride[0] - before[0] + ky * dilation[0];
          const dy = iy - changed.top;
          const isRowChanged = dy >= 0 && dy < changed.height;
          const isRowInside = iy >= 0 && iy < height;
          for (let kx = 0; kx < kernel[1]; kx++) {
            const ix = x * stride[1] - before[1] + kx * dilation[1];
            const dx = ix - changed.left;
            if (isRowChanged && dx >= 0 && dx < changed.width) rows[at++] = first + dy * changed.width + dx;
            else rows[at++] = isRowInside && ix >= 0 && ix < width ? iy * width + ix : out;
          }
        }
    first += changed.height * changed.width;
  }
  return rows;
}
