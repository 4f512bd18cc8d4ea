import type { FlattenOrder } from '@featurescope/core';
import { type GraphBuilder, type Operator, one } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import { type Activation, type Axis, axesOf, axisSize, dimsOf, NC } from '../values.js';

/** Flattening, or adding and dropping axes of size 1. */
export const reshapeActivation: Operator = (node, graph) => {
  const input = node.activation();
  const target = node.opset < 5 ? node.list('shape') : node.integers(1);
  if (target === undefined) throw node.fail('lacks its shape');
  return reshaped(node, graph, input, resolveTarget(node, dimsOf(input, graph.batch), target));
};

export const flattenActivation: Operator = (node, graph) => {
  const input = node.activation();
  const dims = dimsOf(input, graph.batch);
  const given = node.integer('axis', 1);
  const axis = given < 0 ? given + dims.length : given;
  if (axis < 0 || axis > dims.length) throw node.fail(`flattens at axis ${given} of ${dims.length}`);
  return reshaped(node, graph, input, [product(dims.slice(0, axis)), product(dims.slice(axis))]);
};

export const squeezeActivation: Operator = (node, graph) => {
  const input = node.activation();
  const dims = dimsOf(input, graph.batch);
  const given = node.opset < 13 ? node.list('axes') : node.integers(1);
  const dropped =
    given?.map((axis) => (axis < 0 ? axis + dims.length : axis)) ?? dims.flatMap((size, axis) => (axis > 0 && size === 1 ? [axis] : []));
  const wrong = dropped.find((axis) => dims[axis] !== 1 || input.axes[axis] === 'N');
  if (wrong !== undefined)
    throw node.fail(`drops axis ${wrong} of size ${dims[wrong] ?? 'none'}; only axes of size 1 after the batch can be dropped`);
  const axes = input.axes.filter((_, axis) => !dropped.includes(axis));
  if (axes.length !== 2) return moved(node, graph, input, axes);
  return reshaped(node, graph, input, [graph.batch, product(dims.filter((_, axis) => !dropped.includes(axis)).slice(1))]);
};

export const unsqueezeActivation: Operator = (node, graph) => {
  const input = node.activation();
  const dims = [...dimsOf(input, graph.batch)];
  const given = (node.opset < 13 ? node.list('axes') : node.integers(1)) ?? [];
  const rank = dims.length + given.length;
  if (rank > 8) throw node.fail(`gives ${rank} axes`);
  for (const axis of given.map((value) => (value < 0 ? value + rank : value)).sort((a, b) => a - b)) dims.splice(axis, 0, 1);
  return reshaped(node, graph, input, dims);
};

/** Data stays where it is; only the order in which the file counts axes changes. */
export const transposeActivation: Operator = (node, graph) => {
  const input = node.activation();
  const order = node.list('perm') ?? input.axes.map((_, i) => input.axes.length - 1 - i);
  const axes = order.flatMap((axis) => input.axes[axis] ?? []);
  if (axes.length !== input.axes.length || new Set(axes).size !== axes.length || axes[0] !== 'N') {
    throw node.fail(`orders axes [${order.join(', ')}]; expected an order that keeps the batch first`);
  }
  return moved(node, graph, input, axes);
};

const product = (sizes: readonly number[]): number => sizes.reduce((result, size) => result * size, 1);

const moved = (node: OnnxNode, graph: GraphBuilder, input: Activation, axes: readonly Axis[]): Activation =>
  graph.add(node, { kind: 'identity', inputs: one(input) }, [input], axes);

const resolveTarget = (node: OnnxNode, dims: readonly number[], target: readonly number[]): readonly number[] => {
  if (node.integer('allowzero', 0) !== 0 && target.includes(0)) throw node.fail('asks for an empty result');
  const copied = target.map((size, axis) => (size === 0 ? (dims[axis] ?? 0) : size));
  const known = product(copied.filter((size) => size !== -1));
  const open = copied.filter((size) => size === -1).length;
  if (open > 1) throw node.fail('leaves more than one size open');
  return copied.map((size) => (size === -1 ? product(dims) / known : size));
};

const reshaped = (node: OnnxNode, graph: GraphBuilder, input: Activation, target: readonly number[]): Activation => {
  const dims = dimsOf(input, graph.batch);
  const [batch, ...sizes] = target;
  const refuse = () =>
    node.fail(
      `turns [${dims.join(', ')}] into [${target.join(', ')}]; only flattening, and adding or dropping axes of size 1, is supported`,
    );
  if (product(dims) !== product(target) || batch !== graph.batch) throw refuse();

  const full = input.axes.filter((axis) => axis !== 'N' && axisSize(input.shape, axis, graph.batch) !== 1);
  const fullSizes = full.map((axis) => axisSize(input.shape, axis, graph.batch));
  const wanted = sizes.filter((size) => size !== 1);
  if (sizes.length > 1 && wanted.join() === fullSizes.join()) {
    const axes = relabelled(full, sizes);
    if (axes === undefined) throw refuse();
    return moved(node, graph, input, axes);
  }
  if (wanted.length > 1) throw refuse();
  const order = flattenOrder(full);
  if (order === undefined) throw node.fail(`flattens axes in the order ${full.join(', ')}, which is not supported`);
  const axes = sizes.length === 1 ? NC : relabelled(product(sizes) === 1 ? [] : ['C'], sizes);
  if (axes === undefined) throw refuse();
  return graph.add(node, { kind: 'flatten', inputs: one(input), order }, [input], axes);
};

const flattenOrder = (axes: readonly Axis[]): FlattenOrder | undefined => {
  const text = axes.join('');
  if ('CHW'.includes(text) || text === 'CW') return 'chw';
  return 'HWC'.includes(text) || text === 'HC' ? 'hwc' : undefined;
};

const LABELS = ['NCHW', 'NHWC', 'NCH', 'NHC', 'NHW', 'NCW', 'NWC'].map(axesOf);

/** Axes for sizes of which those that are not 1 keep their meaning. */
const relabelled = (full: readonly Axis[], sizes: readonly number[]): readonly Axis[] | undefined =>
  LABELS.find((axes) => {
    if (axes.length !== sizes.length + 1) return false;
    const kept = axes.filter((_, i) => i > 0 && sizes[i - 1] !== 1);
    return kept.join('') === full.join('');
  });
