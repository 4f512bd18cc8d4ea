import type { Extent } from '../network/layer.js';
import { sizesDiffer } from './errors.js';
import type { Image } from './image.js';
import { imageFromBytes, toByte, toRgb } from './pixels.js';
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
  for (let i = 0; i < height * width; i++) {
    const value = values[i] ?? 0;
    data.set(min === max || !Number.isFinite(value) ? NEUTRAL : heatColour(scale > 0 ? value / scale : 0), i * 3);
  }
  return { width, height, channels: 3, data };
}

/** The 99.5 % quantile of the magnitudes, or the largest when that is 0. */
export function heatScale(values: ArrayLike<number>): number {
  const magnitudes = Float32Array.from(values, Math.abs);
  return quantile(magnitudes, 0.995) || extremes(magnitudes).max;
}

/** Colour of a value from −1 to 1; beyond, the colour of the end. */
export function heatColour(value: number): Colour {
  const stops = value < 0 ? NEGATIVE : POSITIVE;
  const position = Math.min(Math.abs(value), 1) * (stops.length - 1);
  const low = stops[Math.floor(position)] ?? NEUTRAL;
  const high = stops[Math.min(Math.floor(position) + 1, stops.length - 1)] ?? NEUTRAL;
  const part = position - Math.floor(position);
  return [mixed(low[0], high[0], part), mixed(low[1], high[1], part), mixed(low[2], high[2], part)];
}

const mixed = (a: number, b: number, part: number): number => toByte(a + (b - a) * part);

/** Lays a heatmap over a picture of the same size; `opacity` 1 hides the picture. @throws FeaturescopeError when the sizes differ */
export function overlay(picture: Image, heat: Image, opacity = 0.6): Image {
  if (picture.width !== heat.width || picture.height !== heat.height) throw sizesDiffer('overlay', picture, heat);
  const below = toRgb(picture).data;
  const above = toRgb(heat).data;
  return imageFromBytes(
    Float32Array.from(below, (value, i) => value * (1 - opacity) + (above[i] ?? 0) * opacity),
    [picture.height, picture.width, 3],
  );
}
