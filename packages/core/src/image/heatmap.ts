import type { Extent } from '../network/layer.js';
import { sizesDiffer } from './errors.js';
import type { Image } from './image.js';
import { toByte, toRgb } from './pixels.js';
import { extremes, quantile } from './stretch.js';

type Colour = readonly [red: number, green: number, blue: number];

/** Colour of zero, and of a map without contrast. */
export const NEUTRAL: Colour = [128, 128, 128];

const POSITIVE: readonly Colour[] = [NEUTRAL, [214, 47, 39], [253, 174, 97], [255, 244, 190]];
const NEGATIVE: readonly Colour[] = [NEUTRAL, [44, 91, 180], [116, 190, 233], [224, 247, 255]];

export interface HeatmapOptions {
  /** Magnitude that gets the full colour. Default: the 99.5 % quantile of the magnitudes. */
  readonly scale?: number;
}

/**
 * Picture of a signed map [H, W]: red and yellow for positive, grey for zero, blue and cyan for negative values, brighter with
 * magnitude. A constant map is neutral grey; so is what is not finite.
 */
export function heatmap(values: ArrayLike<number>, [height, width]: Extent, { scale = heatScale(values) }: HeatmapOptions = {}): Image {
  const { min, max } = extremes(values);
  const data = new Uint8Array(height * width * 3);
  const hasContrast = min < max && scale > 0;
  for (let i = 0; i < height * width; i++) {
    const value = hasContrast ? (values[i] ?? 0) / scale : 0;
    paintHeat(data, i * 3, Number.isFinite(value) ? value : 0);
  }
  return { width, height, channels: 3, data };
}

/** The 99.5 % quantile of the magnitudes, or the largest when that is 0. */
export function heatScale(values: ArrayLike<number>): number {
  const magnitudes = new Float32Array(values.length);
  for (let i = 0; i < magnitudes.length; i++) magnitudes[i] = Math.abs(values[i] ?? 0);
  return quantile(magnitudes, 0.995) || extremes(magnitudes).max;
}

/** Colour of a value from −1 to 1; beyond, the colour of the end. */
export function heatColour(value: number): Colour {
  const [red = 0, green = 0, blue = 0] = paintHeat(new Uint8Array(3), 0, value);
  return [red, green, blue];
}

/** Writes the colour of a value into RGB pixels, without an array for each pixel. */
function paintHeat(pixels: Uint8Array, at: number, value: number): Uint8Array {
  const stops = value < 0 ? NEGATIVE : POSITIVE;
  const position = Math.min(Math.abs(value), 1) * (stops.length - 1);
  const first = Math.floor(position);
  const part = position - first;
  const low = stops[first] ?? NEUTRAL;
  const high = stops[first + 1] ?? low;
  pixels[at] = toByte(low[0] + (high[0] - low[0]) * part);
  pixels[at + 1] = toByte(low[1] + (high[1] - low[1]) * part);
  pixels[at + 2] = toByte(low[2] + (high[2] - low[2]) * part);
  return pixels;
}

/** Lays a heatmap over a picture of the same size; `opacity` 1 hides the picture. @throws FeaturescopeError when the sizes differ */
export function overlay(picture: Image, heat: Image, opacity = 0.6): Image {
  if (picture.width !== heat.width || picture.height !== heat.height) throw sizesDiffer('overlay', picture, heat);
  const below = toRgb(picture).data;
  const above = toRgb(heat).data;
  const data = new Uint8Array(below.length);
  for (let i = 0; i < data.length; i++) data[i] = toByte((below[i] ?? 0) * (1 - opacity) + (above[i] ?? 0) * opacity);
  return { width: picture.width, height: picture.height, channels: 3, data };
}
