import { type Drawing, type Extent, filledImage, type Image, placementIn, type Stroke } from '@featurescope/core';
import { shortNumber } from '../strokes/score.js';
import { paintStrokes } from './coloured-strokes.js';
import { divergingColour } from './diverging-colours.js';
import { stacked, textBlock, writeLabel } from './text.js';

/** Strokes, or pieces of them, and a number for each. */
export interface SignedStrokes {
  readonly drawing: Pick<Drawing, 'width' | 'height'>;
  readonly strokes: readonly Stroke[];
  readonly values: readonly number[];
  /** In words, below the picture. */
  readonly caption: string;
  /** What the ends of the colour bar mean; without `low` numbers are magnitudes, and the bar begins at 0. */
  readonly ends: { readonly low?: string; readonly high: string };
  /** Where the strokes of the drawing begin, to be numbered from 1. */
  readonly numbered?: readonly Stroke[];
}

/** Longer side of the picture in pixels. */
const LONGER = 480;
const MARGIN = 12;
const PEN = 5;
const BAR = 14;
/** Pixels from the beginning of a stroke to its number, across and down. */
const BESIDE = 9;
const SIDES = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
  [-2, 0],
  [2, 0],
] as const;
/** Width and height of a number of two digits in pixels. */
const LETTERS = [18, 14] as const;

/** More numbers would hide the drawing. */
const MOST_NUMBERS = 40;

/** Strokes on white, each in the colour of its number between −largest and largest magnitude: blue, grey, red; with colour bar and caption. */
export function signedStrokes({ drawing, strokes, values, caption, ends, numbered = [] }: SignedStrokes): Image {
  const shown = { ...drawing, strokes };
  const size = pictureSize(drawing);
  const image = filledImage(size, [255, 255, 255]);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const colour = (i: number) => divergingColour(largest > 0 ? (values[i] ?? 0) / largest : 0);
  // What counts most lies on top.
  const order = [...strokes.keys()].sort((a, b) => Math.abs(values[a] ?? 0) - Math.abs(values[b] ?? 0));
  paintStrokes(image, { ...shown, strokes: order.flatMap((i) => strokes[i] ?? []) }, (i) => colour(order[i] ?? 0), PEN);
  if (numbered.length <= MOST_NUMBERS) writeNumbers(image, drawing, numbered);
  return stacked([image, colourBar(image.width, largest, ends), textBlock(caption, image.width)]);
}

/** Large enough to see strokes in, whatever the units of the canvas. */
function pictureSize({ width, height }: Pick<Drawing, 'width' | 'height'>): Extent {
  const scale = LONGER / Math.max(width, height);
  return [Math.max(LONGER / 4, Math.round(height * scale)), Math.max(LONGER / 2, Math.round(width * scale))];
}

/** Writes a number beside the beginning of each stroke, where it hides no other number if there is such a place. */
function writeNumbers(image: Image, drawing: Pick<Drawing, 'width' | 'height'>, strokes: readonly Stroke[]): void {
  const { scale, left, top } = placementIn(drawing, [image.height, image.width]);
  const taken: (readonly [x: number, y: number])[] = [];
  const isFree = ([x, y]: readonly [number, number]): boolean =>
    taken.every(([otherX, otherY]) => Math.abs(otherX - x) > LETTERS[0] || Math.abs(otherY - y) > LETTERS[1]);
  strokes.forEach((stroke, i) => {
    const [startX, startY] = [(stroke.x[0] ?? 0) * scale + left, (stroke.y[0] ?? 0) * scale + top];
    const places = SIDES.map(([right, down]) => [startX + right * BESIDE, startY + down * BESIDE] as const);
    const place = places.find(isFree) ?? places[0] ?? [startX, startY];
    taken.push(place);
    writeLabel(image, String(i + 1), ...place);
  });
}

/** The colours between the ends with words and numbers below. */
function colourBar(width: number, largest: number, { low, high }: SignedStrokes['ends']): Image {
  const image = filledImage([BAR + MARGIN + 6, width], [255, 255, 255]);
  const columns = width - 2 * MARGIN;
  const start = low === undefined ? 0 : -1;
  for (let y = 0; y < BAR; y++)
    for (let x = 0; x < columns; x++)
      divergingColour(start + ((1 - start) * x) / (columns - 1)).forEach((level, c) => {
        image.data[(y * width + x + MARGIN) * 3 + c] = Math.round(level);
      });
  const middle = BAR + 9;
  writeLabel(image, low === undefined ? '0' : `${shortNumber(-largest)} ${low}`, 0, middle);
  if (low !== undefined) writeLabel(image, '0', width / 2, middle);
  writeLabel(image, `${high} ${shortNumber(largest)}`, width, middle);
  return image;
}
