import type { Drawing, Stroke } from '@featurescope/core';
import type { Variant } from '../augmentation/augment.js';

type Lists = readonly (readonly number[])[];

/** Strokes as Quick, Draw! writes them, [[x, …], [y, …]] or [[x, …], [y, …], [t, …]], to seven digits. */
const strokeLists = ({ strokes }: Drawing): readonly Lists[] =>
  strokes.map(({ x, y, t }: Stroke) => [x, y, ...(t ? [t] : [])].map((list) => Array.from(list, (value) => Number(value.toPrecision(7)))));

/** A drawing and its variants, in units of its canvas; strokes are counted from 0. */
export const drawingsJson = (drawing: Drawing, variants: readonly Variant[]) => ({
  width: drawing.width,
  height: drawing.height,
  original: strokeLists(drawing),
  variants: variants.map((variant) => ({
    removed: variant.removed,
    flipped: variant.flipped,
    turned: variant.turned,
    shifted: variant.shifted,
    drawing: strokeLists(variant.drawing),
  })),
});
