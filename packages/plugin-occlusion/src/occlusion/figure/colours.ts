import { extremes, type Image, NEUTRAL } from '@featurescope/core';

export type Colour = readonly [red: number, green: number, blue: number];

/** From dark to light in equal steps of lightness (samples of viridis, van der Walt & Smith 2015). */
const LEVELS: readonly Colour[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** Colours that can be told apart, the first for the class of the whole picture. */
export const CLASS_COLOURS: readonly Colour[] = [
  [86, 180, 233],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [213, 94, 0],
  [240, 228, 66],
  [0, 90, 181],
  [148, 103, 189],
];

/** Colour of classes beyond those. */
export const OTHER_CLASS: Colour = [120, 120, 124];

/** Colour of a value from 0 to 1. */
export function levelColour(value: number): Colour {
  const place = Math.min(Math.max(value, 0), 1) * (LEVELS.length - 1);
  const low = LEVELS[Math.floor(place)] ?? NEUTRAL;
  const high = LEVELS[Math.ceil(place)] ?? low;
  const part = place - Math.floor(place);
  return [low[0] + (high[0] - low[0]) * part, low[1] + (high[1] - low[1]) * part, low[2] + (high[2] - low[2]) * part];
}

/** Colour of each value of a map from its smallest to its largest; a constant map is neutral grey. */
export function levelColours(values: Float32Array): (position: number) => Colour {
  const { min, max } = extremes(values);
  return (position) => (max > min ? levelColour(((values[position] ?? min) - min) / (max - min)) : NEUTRAL);
}

/** A picture whose pixels have the colours that a function says. */
export function paintedImage(height: number, width: number, colourAt: (y: number, x: number) => Colour): Image {
  const data = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colourAt(y, x).map(Math.round), (y * width + x) * 3);
  return { width, height, channels: 3, data };
}
