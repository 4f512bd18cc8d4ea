import { type ConvLayer, type Extent, resolvePadding } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import {
  type ConvolutionGeometry,
  convolve,
  convolveDepthwise,
  depthwiseKernelGradient,
  kernelGradient,
  padded,
  paddingRule,
  rotatedConvolution,
  rotatedDepthwise,
} from '../../maths/convolution.js';
import { padOrCrop } from '../../maths/spacing.js';
import type { LayerRule, Site } from './rule.js';

type At = Pick<Site<ConvLayer>, 'layer' | 'inputs' | 'weight'>;

const sizeOf = (map: Tensor4D): Extent => [map.shape[1], map.shape[2]];

const geometryOf = ({ layer, inputs: [x] }: At): ConvolutionGeometry => ({
  stride: layer.stride,
  dilation: layer.dilation,
  padding: resolvePadding(layer.padding, sizeOf(x), layer.kernelSize, layer.stride, layer.dilation),
});

const kernelOf = (at: At): Tensor4D => at.weight('kernel') as Tensor4D;

const isDepthwise = ({ layer, inputs: [x] }: At): boolean => layer.groups > 1 && layer.groups === x.shape[3];

/** [kh, kw, 1, C · multiplier] → [kh, kw, C, multiplier]. */
const depthwiseKernel = (at: At): Tensor4D => {
  const [kh, kw, , filters] = kernelOf(at).shape;
  return tf.reshape(kernelOf(at), [kh, kw, at.layer.groups, filters / at.layer.groups]);
};

const groupsOf = (x: Tensor4D, groups: number): readonly Tensor4D[] => (groups === 1 ? [x] : tf.split(x, groups, 3));

const joined = (parts: readonly Tensor4D[]): Tensor4D => (parts[0] && parts.length === 1 ? parts[0] : tf.concat4d([...parts], 3));

/** Runs once per group, with the n-th part of each list. */
const perGroup = (a: readonly Tensor4D[], b: readonly Tensor4D[], compute: (a: Tensor4D, b: Tensor4D) => Tensor4D): Tensor4D =>
  joined(a.flatMap((part, i) => (b[i] ? [compute(part, b[i])] : [])));

/** By TensorFlow's own kernel where it can be used: it knows no dilation. */
function inputGradient(signal: Tensor4D, kernel: Tensor4D, input: Extent, geometry: ConvolutionGeometry): Tensor4D {
  const [kh, kw, channels] = kernel.shape;
  const { dilation, stride, padding: p } = geometry;
  if (dilation[0] * dilation[1] > 1) return rotatedConvolution(signal, kernel, input, geometry);
  const shape = (height: number, width: number): [number, number, number, number] => [signal.shape[0], height, width, channels];
  const rule = paddingRule(input, [kh, kw], geometry);
  if (rule === 'same') return tf.conv2dTranspose(signal, kernel, shape(...input), [...stride], rule);
  const onMap: Tensor4D = tf.conv2dTranspose(
    signal,
    kernel,
    shape(input[0] + p.top + p.bottom, input[1] + p.left + p.right),
    [...stride],
    rule,
  );
  return padOrCrop(onMap, { top: -p.top, left: -p.left, bottom: -p.bottom, right: -p.right });
}

function filterGradient(x: Tensor4D, signal: Tensor4D, size: Extent, geometry: ConvolutionGeometry): Tensor4D {
  const { dilation, stride } = geometry;
  if (dilation[0] * dilation[1] > 1) return kernelGradient(x, signal, size, geometry);
  const [map, pad] = padded(x, size, geometry);
  const filterShape = [...size, x.shape[3], signal.shape[3]];
  const attributes = { strides: [...stride], pad, dataFormat: 'NHWC', filterShape };
  return tf.engine().runKernel('Conv2DBackpropFilter', { x: map, dy: signal }, attributes) as Tensor4D;
}

export const conv: LayerRule<ConvLayer> = {
  forward(at) {
    const {
      layer,
      inputs: [x],
    } = at;
    const geometry = geometryOf(at);
    const maps = isDepthwise(at)
      ? convolveDepthwise(x, depthwiseKernel(at), geometry)
      : perGroup(groupsOf(x, layer.groups), groupsOf(kernelOf(at), layer.groups), (part, kernel) => convolve(part, kernel, geometry));
    return layer.bias ? tf.add(maps, at.weight('bias')) : maps;
  },
  backward(at, signal) {
    const {
      layer,
      inputs: [x],
    } = at;
    const geometry = geometryOf(at);
    if (isDepthwise(at)) return [rotatedDepthwise(signal, depthwiseKernel(at), sizeOf(x), geometry)];
    const kernels = groupsOf(kernelOf(at), layer.groups);
    return [perGroup(groupsOf(signal, layer.groups), kernels, (part, kernel) => inputGradient(part, kernel, sizeOf(x), geometry))];
  },
  weights(at, signal) {
    const {
      layer,
      inputs: [x],
    } = at;
    const geometry = geometryOf(at);
    const kernel = isDepthwise(at)
      ? tf.reshape(depthwiseKernelGradient(x, signal, layer.kernelSize, geometry), kernelOf(at).shape)
      : perGroup(groupsOf(x, layer.groups), groupsOf(signal, layer.groups), (part, above) =>
          filterGradient(part, above, layer.kernelSize, geometry),
        );
    return layer.bias ? { kernel, bias: tf.sum(signal, [0, 1, 2]) } : { kernel };
  },
};
