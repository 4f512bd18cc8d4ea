import type { Box } from '@featurescope/core';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';

/** Shape of what is optimised: pictures, height, width, channels. */
export type CanvasShape = readonly [pictures: number, height: number, width: number, channels: number];

/** The values that are optimised, in plain memory: a picture may be far larger than what a pass can hold as tensors. C order. */
export interface Canvas {
  readonly shape: CanvasShape;
  readonly data: Float32Array;
}

export const valuesOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** A canvas of zeros. */
export const blank = (shape: CanvasShape): Canvas => ({ shape, data: new Float32Array(valuesOf(shape)) });

/** Picture `n` of a canvas, in the same memory. */
export function single({ shape, data }: Canvas, n: number): Canvas {
  const [, height, width, channels] = shape;
  const size = height * width * channels;
  return { shape: [1, height, width, channels], data: data.subarray(n * size, (n + 1) * size) };
}

/** The whole canvas as a tensor; the caller disposes it. */
export const readAll = ({ shape, data }: Canvas): Tensor4D => tensor4d(data, [...shape]);

/** Calls with each run of pixels of a box that lie side by side, going around the border of the canvas: offsets of values in canvas and box. */
function eachRun([, height, width, channels]: CanvasShape, box: Box, run: (at: number, inBox: number, length: number) => void): void {
  const { top, left, height: rows, width: columns } = box;
  const wrap = (n: number, length: number): number => ((n % length) + length) % length;
  for (let y = 0; y < rows; y++) {
    const row = wrap(top + y, height) * width;
    for (let x = 0; x < columns; ) {
      const column = wrap(left + x, width);
      const length = Math.min(columns - x, width - column);
      run((row + column) * channels, (y * columns + x) * channels, length * channels);
      x += length;
    }
  }
}

/** A rectangle of the first picture, written to `part` or to a canvas of its own; what lies beyond a border comes from the opposite side. */
export function crop(canvas: Canvas, box: Box, part = blank([1, box.height, box.width, canvas.shape[3]])): Canvas {
  eachRun(canvas.shape, box, (at, inBox, length) => void part.data.set(canvas.data.subarray(at, at + length), inBox));
  return part;
}

/** Puts a rectangle back where `crop` took it. */
export const paste = (canvas: Canvas, box: Box, part: Canvas): void =>
  eachRun(canvas.shape, box, (at, inBox, length) => void canvas.data.set(part.data.subarray(inBox, inBox + length), at));

/** Adds weight(row) · weight(column) · value of a rectangle to the canvas. */
export function addWeighted(canvas: Canvas, box: Box, part: Float32Array, rows: Float32Array, columns: Float32Array): void {
  const channels = canvas.shape[3];
  const width = box.width * channels;
  eachRun(canvas.shape, box, (at, inBox, length) => {
    const weight = rows[Math.floor(inBox / width)] ?? 0;
    const first = (inBox % width) / channels;
    for (let i = 0; i < length; i++) {
      const value = (part[inBox + i] ?? 0) * weight * (columns[first + Math.floor(i / channels)] ?? 0);
      canvas.data[at + i] = (canvas.data[at + i] ?? 0) + value;
    }
  });
}

/** Whether no value is infinite or not a number. */
export function isFiniteThroughout({ data }: Canvas): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i] ?? 0) * 0;
  return sum === 0;
}
