import type { Colour } from '../picture/order-colours.js';

/** Colours of leading classes and of models, as plots have them (after Okabe & Ito). */
export const CLASS_COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9'] as const;

/** Red, green and blue of #rrggbb. */
export const rgbOf = (hex: string): Colour => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
