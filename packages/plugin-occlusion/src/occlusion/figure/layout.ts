import { filledImage, type Image, toRgb } from '@featurescope/core';
import { GROUND } from './text.js';

/** Pixels between parts. */
const GAP = 12;

export function paste(sheet: Image, image: Image, top: number, left: number): void {
  const { data, width, height } = toRgb(image);
  const columns = Math.min(width, sheet.width - left);
  for (let y = 0; y < Math.min(height, sheet.height - top); y++)
    sheet.data.set(data.subarray(y * width * 3, (y * width + columns) * 3), ((top + y) * sheet.width + left) * 3);
}

/** Pictures below each other. */
export function stacked(images: readonly Image[], gap = 4): Image {
  const width = Math.max(1, ...images.map((image) => image.width));
  const height = images.reduce((sum, image) => sum + image.height, gap * Math.max(images.length - 1, 0));
  const sheet = filledImage([Math.max(height, 1), width], GROUND);
  let top = 0;
  for (const image of images) {
    paste(sheet, image, top, 0);
    top += image.height + gap;
  }
  return sheet;
}

/** Pictures in rows of so many columns, each row as high as its highest, with a margin around all. */
export function rowsOf(images: readonly Image[], columns: number): Image {
  const rows = Array.from({ length: Math.ceil(images.length / columns) }, (_, i) => images.slice(i * columns, (i + 1) * columns));
  const cell = Math.max(1, ...images.map((image) => image.width));
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const width = Math.min(columns, images.length) * (cell + GAP) + GAP;
  const sheet = filledImage([heights.reduce((sum, height) => sum + height + GAP, GAP), width], GROUND);
  let top = GAP;
  for (const [i, row] of rows.entries()) {
    for (const [j, image] of row.entries()) paste(sheet, image, top, GAP + j * (cell + GAP));
    top += (heights[i] ?? 0) + GAP;
  }
  return sheet;
}

/** A picture with a margin around it. */
export const framed = (image: Image): Image => rowsOf([image], 1);
