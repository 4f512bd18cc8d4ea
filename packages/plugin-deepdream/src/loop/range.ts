import { type InputRange, type InputSpec, inputRange } from '@featurescope/core';

/** Lowest and highest value of a pixel, per channel; 0 and 255 for a network whose preprocessing is not known. */
export const pixelRange = (spec: InputSpec): InputRange =>
  inputRange(spec) ?? { min: new Array<number>(spec.channels).fill(0), max: new Array<number>(spec.channels).fill(255) };

/** What the picture is kept inside; undefined when it is not: when that was asked for, or nothing was and the preprocessing is not known. */
export const clampRange = (spec: InputSpec, clamp: boolean | undefined): InputRange | undefined =>
  (clamp ?? spec.preprocessing !== undefined) ? pixelRange(spec) : undefined;
