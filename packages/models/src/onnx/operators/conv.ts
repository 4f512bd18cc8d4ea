import { checkAttributes } from '@featurescope/core';
import type { Constant } from '../constants.js';
import { type Operator, one, type SharedWeights } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import { NCHW } from '../values.js';
import { mapInput, windowPadding } from './window.js';

export const conv: Operator = (node, graph) => {
  const input = mapInput(node);
  const kernel = node.requiredConstant(1);
  const [filters, depth, height, width] = kernel.dims;
  if (kernel.dims.length !== 4 || filters === undefined || depth === undefined || height === undefined || width === undefined) {
    throw node.fail(`has a kernel of shape [${kernel.dims.join(', ')}]; only two-dimensional convolutions are supported`);
  }
  const stated = node.extent('kernel_shape', [height, width]);
  if (stated[0] !== height || stated[1] !== width)
    throw node.fail(`states a kernel of ${stated.join('×')}, but its weights are ${height}×${width}`);
  const groups = node.integer('group', 1);
  if (input.shape[2] !== depth * groups) {
    throw node.fail(`has weights for ${depth * groups} input channels in ${groups} groups, but its input has ${input.shape[2]}`);
  }
  if (filters % groups !== 0) throw node.fail(`has ${filters} filters, which cannot be split into ${groups} groups`);
  const bias = node.constant(2);
  if (bias && bias.dims.join() !== `${filters}`) throw node.fail(`has a bias of shape [${bias.dims.join(', ')}]; expected [${filters}]`);

  const draft = {
    kind: 'conv' as const,
    inputs: one(input),
    kernelSize: [height, width] as const,
    filters,
    stride: node.extent('strides', [1, 1]),
    dilation: node.extent('dilations', [1, 1]),
    padding: windowPadding(node),
    groups,
    bias: bias !== undefined,
  };
  checkAttributes({ ...draft, name: node.name });
  return graph.add(node, draft, [input], NCHW, convWeights(node, kernel, bias, [filters, depth, height, width]));
};

const convWeights = (
  node: OnnxNode,
  kernel: Constant,
  bias: Constant | undefined,
  sizes: readonly [number, number, number, number],
): SharedWeights => {
  const [filters, depth, height, width] = sizes;
  return {
    key: `conv ${kernel.id} ${bias?.id} ${node.integer('group', 1)}`,
    weights: {
      kernel: { shape: [height, width, depth, filters], compute: () => hwioFromOihw(kernel.values(), sizes) },
      ...(bias && { bias: { shape: [filters], compute: () => Float32Array.from(bias.values()) } }),
    },
  };
};

/** Convolution weights [O, I, H, W] as [H, W, I, O]. */
export const hwioFromOihw = (values: ArrayLike<number>, [o, i, h, w]: readonly [number, number, number, number]): Float32Array => {
  const result = new Float32Array(o * i * h * w);
  let from = 0;
  for (let output = 0; output < o; output++)
    for (let input = 0; input < i; input++)
      for (let position = 0; position < h * w; position++) result[(position * i + input) * o + output] = values[from++] ?? 0;
  return result;
};
