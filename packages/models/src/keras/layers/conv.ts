import type { Extent, Weight } from '@featurescope/core';
import { z } from 'zod';
import type { KerasCall, KerasValue } from '../keras-network.js';
import { ACTIVATION, withActivation } from './activation.js';
import { CHANNELS_LAST, explicit, PADDING, PAIR } from './options.js';

const COMMON = {
  kernel_size: PAIR,
  strides: PAIR.default([1, 1]),
  padding: PADDING,
  dilation_rate: PAIR.default([1, 1]),
  data_format: CHANNELS_LAST,
  activation: ACTIVATION,
  use_bias: z.boolean().default(true),
};

const CONV = z.object({ ...COMMON, filters: z.number(), groups: z.number().default(1) });
const DEPTHWISE = z.object(COMMON);
const SEPARABLE = z.object({ ...COMMON, filters: z.number() });

const windowOf = (options: z.output<typeof DEPTHWISE> | z.output<typeof CONV>) => ({
  kernelSize: options.kernel_size,
  stride: options.strides,
  dilation: options.dilation_rate,
  padding: explicit(options.padding),
});

export const conv2d = (call: KerasCall): KerasValue => {
  const options = call.options(CONV);
  const { filters, groups, use_bias: bias } = options;
  const kernelShape = [...options.kernel_size, call.input.shape[2] / groups, filters];
  const value = call.network.add(call, { kind: 'conv', ...windowOf(options), filters, groups, bias }, [call.input], () => ({
    kernel: call.network.weight(call, 'kernel', kernelShape),
    ...biasOf(call, bias, filters),
  }));
  return withActivation(call, value, options.activation);
};

/** One group for each channel. */
export const depthwiseConv2d = (call: KerasCall): KerasValue => {
  const options = call.options(DEPTHWISE);
  const kernel = depthwiseKernel(call, options.kernel_size);
  const filters = kernel.shape[3] ?? 0;
  const value = call.network.add(
    call,
    { kind: 'conv', ...windowOf(options), filters, groups: call.input.shape[2], bias: options.use_bias },
    [call.input],
    () => ({ kernel, ...biasOf(call, options.use_bias, filters) }),
  );
  return withActivation(call, value, options.activation);
};

/** A depthwise convolution, named `<layer>/depthwise`, and a 1×1 convolution with the layer's name. */
export const separableConv2d = (call: KerasCall): KerasValue => {
  const options = call.options(SEPARABLE);
  const { filters, use_bias: bias } = options;
  const channels = call.input.shape[2];
  const kernel = depthwiseKernel(call, options.kernel_size);
  const middle = kernel.shape[3] ?? 0;
  const depthwise = call.network.add(
    call,
    { kind: 'conv', ...windowOf(options), filters: middle, groups: channels, bias: false },
    [call.input],
    () => ({ kernel }),
    `${call.name}/depthwise`,
  );
  const pointwise = call.network.add(
    call,
    { kind: 'conv', kernelSize: [1, 1], stride: [1, 1], dilation: [1, 1], padding: explicit('valid'), filters, groups: 1, bias },
    [depthwise],
    () => ({ kernel: call.network.weight(call, 'pointwise_kernel', [1, 1, middle, filters]), ...biasOf(call, bias, filters) }),
  );
  return withActivation(call, pointwise, options.activation);
};

/**
 * [kh, kw, C, m] has the layout of a grouped kernel [kh, kw, 1, C · m]. The multiplier m is that of the stored weights: some
 * writers leave it out of the layer's options.
 */
const depthwiseKernel = (call: KerasCall, size: Extent): Weight => {
  const channels = call.input.shape[2];
  const multiplier = call.network.storedWeight(call, 'depthwise_kernel').shape[3] ?? 1;
  const { data } = call.network.weight(call, 'depthwise_kernel', [...size, channels, multiplier]);
  return { shape: [...size, 1, channels * multiplier], data };
};

const biasOf = (call: KerasCall, bias: boolean, filters: number): Readonly<Record<string, Weight>> =>
  bias ? { bias: call.network.weight(call, 'bias', [filters]) } : {};

const DENSE = z.object({ units: z.number(), activation: ACTIVATION, use_bias: z.boolean().default(true) });

/** A dense layer; on a map it works at every position, like a 1×1 convolution. */
export const dense = (call: KerasCall): KerasValue => {
  const { units, activation, use_bias: bias } = call.options(DENSE);
  const [height, width, channels] = call.input.shape;
  const kernel = () => call.network.weight(call, 'kernel', [channels, units]);
  const value =
    height === 1 && width === 1
      ? call.network.add(call, { kind: 'dense', units, bias, inputOrder: 'hwc' }, [call.input], () => ({
          kernel: kernel(),
          ...biasOf(call, bias, units),
        }))
      : call.network.add(
          call,
          {
            kind: 'conv',
            kernelSize: [1, 1],
            stride: [1, 1],
            dilation: [1, 1],
            padding: explicit('valid'),
            filters: units,
            groups: 1,
            bias,
          },
          [call.input],
          () => ({ kernel: { shape: [1, 1, channels, units], data: kernel().data }, ...biasOf(call, bias, units) }),
        );
  return withActivation(call, value, activation);
};
