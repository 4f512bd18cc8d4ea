import { type InputSpec, inputRange } from '@featurescope/core';
import { pixelRange } from '../loop/range.js';

/** Where the network's input units put the pixels, per channel. */
export interface PixelUnits {
  readonly low: readonly number[];
  /** Highest minus lowest value of a pixel. */
  readonly span: readonly number[];
  /** Whether values outside cannot be a picture; false for a bare model file, which may be fed anything. */
  readonly bounded: boolean;
}

/** The pixel range in the network's input units; 0…255 without bounds where the preprocessing is not known. */
export function pixelUnits(spec: InputSpec): PixelUnits {
  const { min, max } = pixelRange(spec);
  return { low: min, span: max.map((high, c) => high - (min[c] ?? high)), bounded: inputRange(spec) !== undefined };
}

/** Grey halfway through the pixel range, per channel, in the network's input units. */
export function middleGrey(spec: InputSpec): number[] {
  const { low, span } = pixelUnits(spec);
  return low.map((value, c) => value + (span[c] ?? 0) / 2);
}
