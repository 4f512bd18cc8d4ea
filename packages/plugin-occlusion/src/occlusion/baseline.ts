import { extremes, gaussianBlur, type Input, type InputSpec, inputRange, type Random, type Shape } from '@featurescope/core';
import type { OcclusionOptions } from './options.js';

/** A picture [H, W, C] in the network's input units that windows show instead of the picture. */
export interface Baseline {
  readonly values: Float32Array;
  /** In words. */
  readonly label: string;
}

/** What a baseline is made from. */
export interface Occluded {
  /** [H, W, C] in the network's input units. */
  readonly values: Float32Array;
  readonly shape: Shape;
  readonly spec: InputSpec;
  /** An array, which is fed as it is. */
  readonly raw: boolean;
  readonly random: Random;
  /** The picture of `--baseline <path>`. */
  readonly other?: Input;
}

/** Share of the shorter side that is the deviation of a blur. */
const BLUR = 1 / 16;

export async function baselineOf(
  picture: Occluded,
  { baseline, blurSigma }: Pick<OcclusionOptions, 'baseline' | 'blurSigma'>,
): Promise<Baseline> {
  const { values, shape, random, other } = picture;
  if (typeof baseline === 'number') return { values: new Float32Array(values.length).fill(baseline), label: String(baseline) };
  if (other) return { values: await valuesOf(other, picture), label: `the picture ${other.name}` };
  if (baseline === 'blur') {
    const deviation = blurSigma ?? Math.max(1, Math.min(shape[0], shape[1]) * BLUR);
    return { values: gaussianBlur(values, shape, deviation), label: `the picture blurred by ${three(deviation)} pixels` };
  }
  if (baseline === 'noise') return { values: noiseLike(values, shape[2], random), label: 'noise' };
  const neutral = neutralColour(picture);
  return { values: values.map((_, i) => neutral[i % shape[2]] ?? 0), label: `neutral (${[...new Set(neutral.map(three))].join(', ')})` };
}

const three = (value: number): string => String(Number(value.toPrecision(3)));

/** 0 where preprocessing subtracts a mean, which 0 stands for; else the middle of the range, of an array of unknown range its own. */
export function neutralColour({ spec, raw, values }: Pick<Occluded, 'spec' | 'raw' | 'values'>): readonly number[] {
  const all = (value: number): number[] => Array.from({ length: spec.channels }, () => value);
  if (spec.preprocessing?.mean.some((mean) => mean !== 0)) return all(0);
  const range = inputRange(spec);
  if (range) return range.min.map((low, c) => (low + (range.max[c] ?? low)) / 2);
  if (!raw) return all(127.5);
  const { min, max } = extremes(values);
  return all((min + max) / 2);
}

/** Normal numbers with mean and deviation of each channel. */
function noiseLike(values: Float32Array, channels: number, random: Random): Float32Array {
  const noise = random.fillNormal(new Float32Array(values.length), 0, 1);
  for (let c = 0; c < channels; c++) {
    const channel = values.filter((_, i) => i % channels === c);
    const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
    const deviation = Math.sqrt(channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channel.length);
    for (let i = c; i < noise.length; i += channels) noise[i] = mean + deviation * (noise[i] ?? 0);
  }
  return noise;
}

async function valuesOf(other: Input, { spec, shape }: Occluded): Promise<Float32Array> {
  const tensor = await other.tensor(spec, [shape[0], shape[1]]);
  return new Float32Array(await tensor.data().finally(() => tensor.dispose()));
}
