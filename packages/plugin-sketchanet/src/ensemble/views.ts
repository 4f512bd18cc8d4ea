import type { Drawing, InputSpec } from '@featurescope/core';
import { flipDrawing, shiftDrawing } from '../augmentation/place.js';

/** How often each drawing is looked at: once in the middle, or in ten crops. */
export const VIEWS = [1, 10] as const;
export type Views = (typeof VIEWS)[number];

/**
 * What is shown of a drawing to test a network: the middle of its canvas or, as the authors of Sketch-a-Net do (their published code), the four
 * corners and the middle, each as it is and mirrored. A crop at row r and column c of the canvas is the middle of the drawing moved the other way.
 */
export function viewsOf(drawing: Drawing, { size, preprocessing }: InputSpec, views: Views): readonly Drawing[] {
  if (views === 1) return [drawing];
  const canvas = preprocessing?.strokes?.canvas ?? Math.min(...size);
  const room = [canvas - size[0], canvas - size[1]] as const;
  const middle = room.map((pixels) => Math.floor(pixels / 2)) as [number, number];
  const corners = [0, room[0]].flatMap((row) => [0, room[1]].map((column) => [row, column] as const));
  return [...corners, middle].flatMap(([row, column]) => {
    const crop = shiftDrawing(drawing, (middle[1] - column) / canvas, (middle[0] - row) / canvas);
    return [crop, flipDrawing(crop)];
  });
}
