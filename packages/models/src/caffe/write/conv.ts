import { type ConvLayer, type ExplicitPadding, type Extent, type PadLayer, resolvePadding } from '@featurescope/core';
import type { LayerParameter } from '../messages.js';
import { oihwFromHwio } from '../weight-layout.js';
import { evenPadding, withZeros } from './identity-kernel.js';
import { blob, type LayerWriter } from './layer-writer.js';

interface Kernels {
  readonly values: Float32Array;
  readonly filters: number;
  readonly depth: number;
  readonly size: Extent;
}

/** A convolution; padding that differs between sides becomes zeros in the kernel. */
export const writeConv = (writer: LayerWriter<ConvLayer>): void => {
  const { layer, input } = writer;
  const { filters, groups, kernelSize: size, stride, dilation } = layer;
  const [height, width, channels] = input.shape;
  const depth = channels / groups;
  const values = oihwFromHwio(writer.weight('kernel'), [filters, depth, size[0], size[1]]);
  const padding = resolvePadding(layer.padding, [height, width], size, stride, dilation);
  writer.withAxes(4);
  const bias = layer.bias ? writer.weight('bias') : undefined;
  writer.last('Convolution', convolution(writer, { values, filters, depth, size }, padding, { stride, dilation, groups, bias }));
};

/** Zeros around a map: a convolution by channel with the kernel 1 and this padding. */
export const writePad = (writer: LayerWriter<PadLayer>): void => {
  const { padding, value } = writer.layer;
  const channels = writer.input.shape[2];
  if (value !== 0) throw writer.fail(`it pads with ${value}; Caffe pads with zeros only`);
  writer.withAxes(4);
  const kernels = { values: new Float32Array(channels).fill(1), filters: channels, depth: 1, size: [1, 1] as const };
  writer.last(
    'Convolution',
    convolution(writer, kernels, padding, { stride: [1, 1], dilation: [1, 1], groups: channels, bias: undefined }),
  );
};

const convolution = (
  writer: LayerWriter<ConvLayer | PadLayer>,
  { values, filters, depth, size }: Kernels,
  padding: ExplicitPadding,
  options: Pick<ConvLayer, 'stride' | 'dilation' | 'groups'> & { readonly bias: Float32Array | undefined },
): Pick<LayerParameter, 'convolution_param' | 'blobs'> => {
  const { stride, dilation, groups, bias } = options;
  const even = evenPadding(padding, dilation);
  if (even === undefined) {
    const { top, left, bottom, right } = padding;
    throw writer.fail(
      `its padding is ${top}, ${left}, ${bottom}, ${right} (top, left, bottom, right) with dilation ${dilation.join('×')}; Caffe pads both sides alike`,
    );
  }
  const [height, width] = [size[0] + even.front[0] + even.end[0], size[1] + even.front[1] + even.end[1]];
  return {
    convolution_param: {
      num_output: filters,
      ...(bias === undefined && { bias_term: false }),
      ...(even.pad[0] === even.pad[1] ? (even.pad[0] === 0 ? {} : { pad: [even.pad[0]] }) : { pad_h: even.pad[0], pad_w: even.pad[1] }),
      ...(height === width ? { kernel_size: [height] } : { kernel_h: height, kernel_w: width }),
      ...(groups !== 1 && { group: groups }),
      ...(stride[0] === stride[1] ? { stride: [stride[0]] } : { stride_h: stride[0], stride_w: stride[1] }),
      ...((dilation[0] !== 1 || dilation[1] !== 1) && { dilation: dilation[0] === dilation[1] ? [dilation[0]] : [...dilation] }),
    },
    blobs: [blob([filters, depth, height, width], withZeros(values, size, even)), ...(bias ? [blob([filters], bias)] : [])],
  };
};
