import { type InputRange, type InputSpec, inputRange } from '@featurescope/core';
import { pixelRange } from '../loop/range.js';
import { emptyClampRange } from './errors.js';
import type { RegulariserOptions } from './options.js';

const everywhere = (value: number, { channels }: InputSpec): number[] => new Array<number>(channels).fill(value);

/**
 * What the picture is kept inside, per channel in input units; undefined when it is not. @throws FeaturescopeError for two
 * values of which the first is not the smaller
 */
export function clampRange(clamp: RegulariserOptions['clamp'], spec: InputSpec, visualizer: string): InputRange | undefined {
  if (clamp === false) return undefined;
  if (clamp === undefined) return inputRange(spec);
  if (clamp === true) return pixelRange(spec);
  const [low, high] = clamp;
  if (!(low < high)) throw emptyClampRange(visualizer, low, high);
  return { min: everywhere(low, spec), max: everywhere(high, spec) };
}
