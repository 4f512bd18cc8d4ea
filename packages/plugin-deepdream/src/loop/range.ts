import { type InputRange, type InputSpec, inputRange } from '@featurescope/core';

/** Lowest and highest value of a pixel, per channel; 0 and 255 for a network whose preprocessing is not known. */
export const pixelRange = (spec: InputSpec): InputRange =>
  inputRange(spec) ?? { min: new Array<number>(spec.channels).fill(0), max: new Array<number>(spec.channels).fill(255) };
