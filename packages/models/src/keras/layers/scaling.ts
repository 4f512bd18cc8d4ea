import type { Weight } from '@featurescope/core';
import { z } from 'zod';
import type { KerasCall, KerasValue } from '../keras-network.js';

const MAX_CHANNELS = 65_536;
/** Smallest deviation that Keras divides by. */
const EPSILON = 1e-7;

const NUMBERS = z.union([z.number().transform((value) => [value]), z.array(z.number()).min(1).max(MAX_CHANNELS)]);
/** A number, or one for each channel, with any axes of size 1 around them. */
const PER_CHANNEL = z.preprocess((value) => (Array.isArray(value) ? value.flat(4) : value), NUMBERS);

const RESCALING = z.object({ scale: PER_CHANNEL, offset: PER_CHANNEL.default([0]) });

/** scale · x + offset. */
export const rescaling = (call: KerasCall): KerasValue => {
  const { scale, offset } = call.options(RESCALING);
  return affine(call, scale, offset);
};

const NORMALIZATION = z.object({
  axis: z.union([z.number(), z.array(z.number())]).nullish(),
  mean: PER_CHANNEL.nullish(),
  variance: PER_CHANNEL.nullish(),
  invert: z.boolean().default(false),
});

/** (x − mean) / √variance, or the inverse; statistics that Keras has adapted to data are weights of the layer. */
export const normalization = (call: KerasCall): KerasValue => {
  const { axis, mean: given, variance: givenVariance, invert } = call.options(NORMALIZATION);
  const flat = call.input.shape[0] === 1 && call.input.shape[1] === 1;
  const axes = [axis ?? []].flat();
  if (!axes.every((one) => one === -1 || one === 3 || (flat && one === 1)))
    throw call.fail(`normalises the axes ${axes.join(', ')}; only the channels (axis 3) are supported`);
  const mean = given ?? [...call.network.storedWeight(call, 'mean').data];
  const variance = givenVariance ?? [...call.network.storedWeight(call, 'variance').data];
  const deviation = variance.map((value) => Math.max(Math.sqrt(value), EPSILON));
  if (invert) return affine(call, deviation, mean);
  return affine(
    call,
    deviation.map((value) => 1 / value),
    Array.from({ length: Math.max(mean.length, deviation.length) }, (_, i) => -at(mean, i) / at(deviation, i)),
  );
};

const at = (values: readonly number[], i: number): number => values[values.length === 1 ? 0 : i] ?? Number.NaN;

const affine = (call: KerasCall, scale: readonly number[], offset: readonly number[]): KerasValue => {
  const channels = call.input.shape[2];
  if (channels > MAX_CHANNELS) throw call.fail(`rescales ${channels} channels; at most ${MAX_CHANNELS} are supported`);
  const filled = (values: readonly number[]): Weight => {
    if (values.length !== 1 && values.length !== channels) throw call.fail(`has ${values.length} values for ${channels} channels`);
    return { shape: [channels], data: Float32Array.from({ length: channels }, (_, i) => at(values, i)) };
  };
  return call.network.add(call, { kind: 'affine' }, [call.input], () => ({ scale: filled(scale), offset: filled(offset) }));
};
