import { type InputSpec, inputRange } from '@featurescope/core';

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
  const range = inputRange(spec);
  if (!range) return { low: new Array<number>(spec.channels).fill(0), span: new Array<number>(spec.channels).fill(255), bounded: false };
  return { low: range.min, span: range.max.map((high, c) => high - (range.min[c] ?? high)), bounded: true };
}

/** Grey halfway through the pixel range, per channel, in the network's input units. */
export function middleGrey(spec: InputSpec): number[] {
  const { low, span } = pixelUnits(spec);
  return low.map((value, c) => value + (span[c] ?? 0) / 2);
}
