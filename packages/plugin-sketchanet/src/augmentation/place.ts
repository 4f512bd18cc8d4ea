import { type Drawing, mapPoints } from '@featurescope/core';

/** The drawing moved by parts of its canvas. */
export const shiftDrawing = (drawing: Drawing, right: number, down: number): Drawing =>
  mapPoints(drawing, (x, y) => [x + right * drawing.width, y + down * drawing.height]);

/** The drawing mirrored left to right. */
export const flipDrawing = (drawing: Drawing): Drawing => mapPoints(drawing, (x, y) => [drawing.width - x, y]);

/** The drawing turned clockwise around the middle of its canvas. */
export function rotateDrawing(drawing: Drawing, degrees: number): Drawing {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [cx, cy] = [drawing.width / 2, drawing.height / 2];
  return mapPoints(drawing, (x, y) => [cx + cos * (x - cx) - sin * (y - cy), cy + sin * (x - cx) + cos * (y - cy)]);
}
