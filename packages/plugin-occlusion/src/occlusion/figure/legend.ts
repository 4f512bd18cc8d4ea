import { extremes, filledImage, heatColour, type Image, NEUTRAL } from '@featurescope/core';
import { CLASS_COLOURS, type Colour, levelColour, OTHER_CLASS, paintedImage } from './colours.js';
import { paste, stacked } from './layout.js';
import { LINE, shortNumber, textImage, wrapped } from './text.js';

const BAR = 10;

/** A colour bar with its ends. */
function bar(width: number, low: string, high: string, colour: (share: number) => Colour): Image {
  const strip = paintedImage(BAR, width, (_, x) => colour(x / Math.max(width - 1, 1)));
  const room = Math.max(Math.floor(width / 8) - low.length - high.length, 1);
  return stacked([strip, textImage([`${low}${' '.repeat(room)}${high}`], width)]);
}

/** From the smallest to the largest value of a map. */
export function levelBar(values: Float32Array, width: number): Image {
  const { min, max } = extremes(values);
  if (min === max) return bar(width, shortNumber(min), 'everywhere', () => NEUTRAL);
  return bar(width, shortNumber(min), shortNumber(max), levelColour);
}

/** From −scale to scale. */
export const signedBar = (scale: number, width: number): Image =>
  bar(width, shortNumber(-scale), shortNumber(scale), (share) => (scale > 0 ? heatColour(2 * share - 1) : NEUTRAL));

/** One class of a map, most frequent first but for that of the whole picture. */
export interface ClassShare {
  readonly class: number;
  readonly label: string;
  readonly positions: number;
  readonly colour: Colour;
}

/** The classes of a map; the class of the whole picture goes first, also where no window leaves it. */
export function classShares(classes: Float32Array, whole: number, labels: readonly string[] | undefined): readonly ClassShare[] {
  const counts = new Map([[whole, 0]]);
  for (const one of classes) counts.set(one, (counts.get(one) ?? 0) + 1);
  const ranked = [...counts].sort(([a, n], [b, m]) => Number(b === whole) - Number(a === whole) || m - n || a - b);
  return ranked.map(([index, positions], rank) => ({
    class: index,
    label: labels?.[index] ?? `class ${index}`,
    positions,
    colour: CLASS_COLOURS[rank] ?? OTHER_CLASS,
  }));
}

/** Colours, labels and shares of classes; those without a colour of their own in one line. */
export function classLegend(shares: readonly ClassShare[], width: number): Image {
  const all = shares.reduce((sum, { positions }) => sum + positions, 0);
  const percent = (positions: number): string => {
    const share = (100 * positions) / Math.max(all, 1);
    return `${share.toFixed(share > 0 && share < 10 ? 1 : 0)}%`;
  };
  const named = shares.slice(0, CLASS_COLOURS.length);
  const others = shares.slice(CLASS_COLOURS.length);
  const rest = others.reduce((sum, { positions }) => sum + positions, 0);
  const rows = [
    ...named.map(({ label, positions, colour }) => entry(colour, `${percent(positions)} ${shortLabel(label)}`, width)),
    ...(others.length > 0 ? [entry(OTHER_CLASS, `${percent(rest)} ${others.length} other classes`, width)] : []),
  ];
  return stacked(rows, 2);
}

/** The first of several names in a label. */
const shortLabel = (label: string): string => label.split(/\s*,\s*/)[0] ?? label;

const SWATCH = LINE;

function entry(colour: Colour, text: string, width: number): Image {
  const row = filledImage([LINE, width], [24, 24, 27]);
  paste(row, filledImage([SWATCH - 4, SWATCH - 4], colour), 0, 0);
  paste(row, textImage(wrapped(text, width - SWATCH, 1), width - SWATCH), 0, SWATCH);
  return row;
}
