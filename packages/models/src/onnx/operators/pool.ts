import { checkAttributes } from '@featurescope/core';
import { type Operator, one } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import { type Axis, NCHW } from '../values.js';
import { mapInput, windowPadding } from './window.js';

const poolAttributes = (node: OnnxNode) => {
  if (!node.has('kernel_shape')) throw node.fail('lacks its kernel_shape');
  const dilation = node.extent('dilations', [1, 1]);
  if (dilation[0] !== 1 || dilation[1] !== 1) throw node.fail(`is dilated by ${dilation.join('×')}, which is not supported`);
  return {
    size: node.extent('kernel_shape', [1, 1]),
    stride: node.extent('strides', [1, 1]),
    padding: windowPadding(node),
    ceilMode: node.integer('ceil_mode', 0) !== 0,
  };
};

export const maxPool: Operator = (node, graph) => {
  const input = mapInput(node);
  const draft = { kind: 'maxPool' as const, inputs: one(input), ...poolAttributes(node) };
  checkAttributes({ ...draft, name: node.name });
  return graph.add(node, draft, [input], NCHW);
};

export const averagePool: Operator = (node, graph) => {
  const input = mapInput(node);
  const countIncludePad = node.integer('count_include_pad', 0) !== 0;
  const draft = { kind: 'avgPool' as const, inputs: one(input), ...poolAttributes(node), countIncludePad };
  checkAttributes({ ...draft, name: node.name });
  return graph.add(node, draft, [input], NCHW);
};

export const globalAveragePool: Operator = (node, graph) => {
  const input = mapInput(node);
  return graph.add(node, { kind: 'globalAvgPool', inputs: one(input) }, [input], NCHW);
};

/** The mean over height and width; over other axes it has no layer. */
export const reduceMean: Operator = (node, graph) => {
  const input = node.activation();
  const axes = node.opset >= 18 ? node.integers(1) : node.list('axes');
  const reduced = (axes ?? []).map((axis): Axis | undefined => input.axes[axis < 0 ? axis + input.axes.length : axis]);
  if (reduced.length !== 2 || !reduced.includes('H') || !reduced.includes('W')) {
    throw node.fail(`averages over the axes ${reduced.join(', ') || '(all)'}; only the mean over height and width is supported`);
  }
  const kept = node.integer('keepdims', 1) !== 0 ? input.axes : input.axes.filter((axis) => axis !== 'H' && axis !== 'W');
  return graph.add(node, { kind: 'globalAvgPool', inputs: one(input) }, [input], kept);
};
