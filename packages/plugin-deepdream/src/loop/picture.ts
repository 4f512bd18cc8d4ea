import { contactSheet, type Image, type InputSpec, planeSheet, type Shape, toImage } from '@featurescope/core';
import type { Canvas } from './canvas.js';
import { resample } from './resample.js';
import { scaledBy } from './scaled-by.js';

/** The 8-bit picture of picture `n` of a canvas in input units; the mean of its channels where they are no colours. */
export function pictureOf({ shape, data }: Canvas, spec: InputSpec, n = 0): Image {
  const [, height, width, channels] = shape;
  const size = height * width * channels;
  const of: Shape = [height, width, channels];
  return toImage(data.subarray(n * size, (n + 1) * size), of, spec);
}

/** The channels of a picture side by side, stretched alike; undefined where they are grey or colours. */
export function planesOf({ shape, data }: Canvas): Image | undefined {
  const [pictures, height, width, channels] = shape;
  if (pictures > 1 || channels === 1 || channels === 3) return undefined;
  return planeSheet(data, [height, width, channels], { shared: true, labels: Array.from({ length: channels }, (_, c) => String(c)) });
}

/** All pictures of a canvas, one beside the other. */
export const sheetOf = (canvas: Canvas, spec: InputSpec): Image =>
  canvas.shape[0] === 1
    ? pictureOf(canvas, spec)
    : contactSheet(Array.from({ length: canvas.shape[0] }, (_, n) => pictureOf(canvas, spec, n)));

/** Longer side of the pictures of work in progress, in pixels. */
const FRAME_SIDE = 1024;

/** The picture of work in progress: all pictures of the canvas, made smaller where they are large. */
export function framePicture(canvas: Canvas, spec: InputSpec): Image {
  const [, height, width] = canvas.shape;
  const scale = FRAME_SIDE / Math.max(height, width);
  return sheetOf(scale < 1 ? resample(canvas, scaledBy([height, width], scale)) : canvas, spec);
}
