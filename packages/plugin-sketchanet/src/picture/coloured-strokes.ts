import {
  type Drawing,
  drawStroke,
  type Extent,
  filledImage,
  type Image,
  type Placement,
  placementIn,
  type Stroke,
  toByte,
} from '@featurescope/core';
import type { Colour } from './order-colours.js';

const WHITE: Colour = [255, 255, 255];

/** Paints strokes into an RGB picture, each in a colour, later ones over earlier ones. Without a colour a stroke is not painted. */
export function paintStrokes(image: Image, drawing: Drawing, colourOf: (stroke: number) => Colour | undefined, penWidth: number): void {
  const size: Extent = [image.height, image.width];
  const placement = placementIn(drawing, size);
  const ink = new Float32Array(size[0] * size[1]);
  drawing.strokes.forEach((stroke, i) => {
    const colour = colourOf(i);
    if (!colour) return;
    drawStroke(ink, size, stroke, placement, penWidth);
    // Only rows that the pen can have reached are looked through, and emptied for the next stroke.
    const [first, end] = rowsOf(stroke, placement, penWidth);
    const until = Math.min(end, size[0]) * size[1];
    for (let p = Math.max(first, 0) * size[1]; p < until; p++) {
      const share = ink[p] ?? 0;
      if (share === 0) continue;
      ink[p] = 0;
      for (let c = 0; c < 3; c++) image.data[p * 3 + c] = toByte((1 - share) * (image.data[p * 3 + c] ?? 0) + share * (colour[c] ?? 0));
    }
  });
}

function rowsOf({ y }: Stroke, { scale, top }: Placement, penWidth: number): readonly [first: number, end: number] {
  const reach = penWidth / 2 + 2;
  const [low, high] = y.reduce(([least, most], at) => [Math.min(least, at), Math.max(most, at)] as const, [Infinity, -Infinity] as const);
  return [Math.floor(low * scale + top - reach), Math.ceil(high * scale + top + reach)];
}

/** A drawing with each stroke in its colour, on white. */
export function colouredStrokes(drawing: Drawing, colours: readonly Colour[], size: Extent, penWidth: number): Image {
  const image = filledImage(size, WHITE);
  paintStrokes(image, drawing, (i) => colours[i], penWidth);
  return image;
}
