import { type Drawing, drawingValues, type Extent, type InputSpec, type Shape } from '@featurescope/core';

/** How often each drawing is looked at: once in the middle, or in ten crops. */
export const VIEWS = [1, 10] as const;
export type Views = (typeof VIEWS)[number];

/**
 * What is shown of a drawing to test a network, [H, W, C] each: the middle of its canvas or, as the authors of Sketch-a-Net do (their
 * published code), crops at the four corners and in the middle, each as it is and mirrored. The canvas is drawn only once.
 */
export function viewsOf(drawing: Drawing, spec: InputSpec, views: Views): readonly Float32Array[] {
  if (views === 1) return [drawingValues(drawing, spec).data];
  const { shape, data } = drawingValues(drawing, spec, canvasOf(spec));
  const [, height, width, channels] = shape;
  const room = [height - spec.size[0], width - spec.size[1]] as const;
  const middle = room.map((pixels) => Math.floor(pixels / 2)) as [number, number];
  const corners = [0, room[0]].flatMap((row) => [0, room[1]].map((column): Extent => [row, column]));
  return [...corners, middle].flatMap((at) => {
    const crop = croppedAt(data, [height, width, channels], at, spec.size);
    return [crop, mirrored(crop, [...spec.size, channels])];
  });
}

/** The whole canvas, where a network sees only a part of it. */
function canvasOf({ size, preprocessing }: InputSpec): Extent | 'model' {
  const canvas = preprocessing?.strokes?.canvas ?? 0;
  return canvas >= Math.max(...size) ? [canvas, canvas] : 'model';
}

/** Rows and columns from `top` and `left` on. */
function croppedAt(data: Float32Array, [, width, channels]: Shape, [top, left]: Extent, [rows, columns]: Extent): Float32Array {
  const crop = new Float32Array(rows * columns * channels);
  for (let row = 0; row < rows; row++) {
    const from = ((top + row) * width + left) * channels;
    crop.set(data.subarray(from, from + columns * channels), row * columns * channels);
  }
  return crop;
}

/** Left and right exchanged. */
function mirrored(data: Float32Array, [height, width, channels]: Shape): Float32Array {
  const mirror = new Float32Array(data.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * channels;
      mirror.set(data.subarray(from, from + channels), (row * width + width - 1 - column) * channels);
    }
  return mirror;
}
