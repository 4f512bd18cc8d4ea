import { type Drawing, drawStroke, type Extent, filledImage, type Image, placementIn, toByte } from '@featurescope/core';
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
    ink.fill(0);
    drawStroke(ink, size, stroke, placement, penWidth);
    for (let p = 0; p < ink.length; p++) {
      const share = ink[p] ?? 0;
      if (share === 0) continue;
      for (let c = 0; c < 3; c++) image.data[p * 3 + c] = toByte((1 - share) * (image.data[p * 3 + c] ?? 0) + share * (colour[c] ?? 0));
    }
  });
}

/** A drawing with each stroke in its colour, on white. */
export function colouredStrokes(drawing: Drawing, colours: readonly Colour[], size: Extent, penWidth: number): Image {
  const image = filledImage(size, WHITE);
  paintStrokes(image, drawing, (i) => colours[i], penWidth);
  return image;
}
