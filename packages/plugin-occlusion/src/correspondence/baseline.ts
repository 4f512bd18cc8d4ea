import { gaussianBlur, type Input, type InputSpec, type Shape } from '@featurescope/core';
import { neutralColour } from '../occlusion/baseline.js';

/** What takes the place of a part: a number in the network's input units, the neutral colour that `occlusion` calls mean, or the blurred picture. */
export type Baseline = number | 'mean' | 'blur';

/** Share of the shorter side that is the deviation of the blur. */
const BLUR = 1 / 16;

/** The picture [H, W, C] without anything to see. */
export function baselineOf(values: Float32Array, shape: Shape, baseline: Baseline, of: Pick<Input, 'raw'>, spec: InputSpec): Float32Array {
  if (baseline === 'blur') return gaussianBlur(values, shape, Math.max(1, Math.min(shape[0], shape[1]) * BLUR));
  const colour = fillColour(values, baseline, of, spec);
  return values.map((_, i) => colour[i % shape[2]] ?? 0);
}

/** A value for each channel. */
export const fillColour = (
  values: Float32Array,
  baseline: Exclude<Baseline, 'blur'>,
  { raw }: Pick<Input, 'raw'>,
  spec: InputSpec,
): readonly number[] =>
  baseline === 'mean' ? neutralColour({ spec, raw, values }) : Array.from({ length: spec.channels }, () => baseline);
