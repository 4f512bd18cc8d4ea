import type { Weight } from '@featurescope/core';
import { z } from 'zod';
import type { KerasCall, KerasValue } from '../keras-network.js';
import { CHANNELS_LAST } from './options.js';

const AXIS = z.union([z.number(), z.tuple([z.number()]).transform(([axis]) => axis)]).default(-1);

/** Whether an axis, the batch being 0, is the channels. */
const isChannels = (axis: number, { shape }: KerasValue): boolean =>
  axis === -1 || axis === 3 || (axis === 1 && shape[0] === 1 && shape[1] === 1);

const BATCH_NORMALIZATION = z.object({
  axis: AXIS,
  epsilon: z.number().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});

export const batchNormalization = (call: KerasCall): KerasValue => {
  const { axis, epsilon, center, scale } = call.options(BATCH_NORMALIZATION);
  if (!isChannels(axis, call.input)) throw call.fail(`normalises axis ${axis}; only the channels (axis 3) are supported`);
  const channels = call.input.shape[2];
  const stored = (name: string): Weight => call.network.weight(call, name, [channels]);
  const filled = (value: number): Weight => ({ shape: [channels], data: new Float32Array(channels).fill(value) });
  return call.network.add(call, { kind: 'batchNorm', epsilon }, [call.input], () => ({
    mean: stored('moving_mean'),
    variance: stored('moving_variance'),
    scale: scale ? stored('gamma') : filled(1),
    offset: center ? stored('beta') : filled(0),
  }));
};

export const flatten = (call: KerasCall): KerasValue => {
  call.options(z.object({ data_format: CHANNELS_LAST }));
  return call.network.add(call, { kind: 'flatten', order: 'hwc' }, [call.input]);
};

/** Flattening, or a change that keeps height, width and channels apart from axes of size 1. */
export const reshape = (call: KerasCall): KerasValue => {
  const { target_shape: target } = call.options(z.object({ target_shape: z.array(z.number().int()).max(8) }));
  const [height, width, channels] = call.input.shape;
  const total = height * width * channels;
  const known = target.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const sizes = target.map((size) => (size === -1 ? total / known : size));
  const full = (list: readonly number[]) => list.filter((size) => size !== 1).join();
  if (sizes.length === 3 && sizes.join() === call.input.shape.join()) return call.network.add(call, { kind: 'identity' }, [call.input]);
  if (sizes.at(-1) === total && full(sizes) === full([total]))
    return call.network.add(call, { kind: 'flatten', order: 'hwc' }, [call.input]);
  throw call.fail(`turns ${call.input.shape.join('×')} into ${target.join('×')}; only flattening is supported`);
};

export const dropout = (call: KerasCall): KerasValue => {
  const { rate } = call.options(z.object({ rate: z.number() }));
  return call.network.add(call, { kind: 'dropout', rate }, [call.input]);
};

/** Layers that only do something in training. */
export const identity = (call: KerasCall): KerasValue => call.network.add(call, { kind: 'identity' }, [call.input]);

export const add = (call: KerasCall): KerasValue => call.network.add(call, { kind: 'add' }, call.inputs);

export const multiply = (call: KerasCall): KerasValue => call.network.add(call, { kind: 'multiply' }, call.inputs);

export const concatenate = (call: KerasCall): KerasValue => {
  const { axis } = call.options(z.object({ axis: AXIS }));
  if (!call.inputs.every((input) => isChannels(axis, input)))
    throw call.fail(`joins axis ${axis}; only the channels (axis 3) are supported`);
  return call.network.add(call, { kind: 'concat' }, call.inputs);
};
