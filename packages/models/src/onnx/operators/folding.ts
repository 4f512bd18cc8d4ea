import { elementCount } from '@featurescope/core';
import { type Constant, knownConstant } from '../constants.js';
import type { GraphBuilder, Operator } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import { dimsOf } from '../values.js';
import { arithmeticOnConstants, constantOfShape, slice } from './fold-small.js';

/** Computes a node whose inputs are all stored in the file; it keeps its row. */
export type Folding = (node: OnnxNode, inputs: readonly Constant[], graph: GraphBuilder) => Constant;

const idOf = (node: OnnxNode): string => node.proto.output[0] ?? node.name;

/** The same values with other sizes. */
const withDims = (node: OnnxNode, constant: Constant, dims: readonly number[]): Constant => {
  if (elementCount(dims) !== elementCount(constant.dims)) throw node.fail(`turns [${constant.dims.join(', ')}] into [${dims.join(', ')}]`);
  return { ...constant, dims };
};

const first = (node: OnnxNode, [constant]: readonly Constant[]): Constant => {
  if (constant === undefined) throw node.fail('has no inputs');
  return constant;
};

const axesArgument = (node: OnnxNode): readonly number[] | undefined => (node.opset < 13 ? node.list('axes') : node.integers(1));

const reshape: Folding = (node, inputs) => {
  const constant = first(node, inputs);
  const target = (node.opset < 5 ? node.list('shape') : node.integers(1)) ?? [];
  const copied = target.map((size, axis) => (size === 0 ? (constant.dims[axis] ?? 0) : size));
  const known = copied.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  return withDims(
    node,
    constant,
    copied.map((size) => (size === -1 ? elementCount(constant.dims) / known : size)),
  );
};

const flatten: Folding = (node, inputs) => {
  const constant = first(node, inputs);
  const given = node.integer('axis', 1);
  const axis = given < 0 ? given + constant.dims.length : given;
  return withDims(node, constant, [elementCount(constant.dims.slice(0, axis)), elementCount(constant.dims.slice(axis))]);
};

const squeeze: Folding = (node, inputs) => {
  const constant = first(node, inputs);
  const dropped = axesArgument(node)?.map((axis) => (axis < 0 ? axis + constant.dims.length : axis));
  return withDims(
    node,
    constant,
    constant.dims.filter((size, axis) => (dropped ? !dropped.includes(axis) : size !== 1)),
  );
};

const unsqueeze: Folding = (node, inputs) => {
  const constant = first(node, inputs);
  const dims = [...constant.dims];
  const axes = axesArgument(node) ?? [];
  const rank = dims.length + axes.length;
  if (rank > 16) throw node.fail(`gives ${rank} axes`);
  for (const axis of axes.map((value) => (value < 0 ? value + rank : value)).sort((a, b) => a - b)) dims.splice(axis, 0, 1);
  return withDims(node, constant, dims);
};

const transpose: Folding = (node, inputs, graph) => {
  const constant = first(node, inputs);
  const { dims } = constant;
  const order = node.list('perm') ?? dims.map((_, i) => dims.length - 1 - i);
  if (order.length !== dims.length || dims.some((_, axis) => !order.includes(axis)))
    throw node.fail(`orders axes [${order.join(', ')}] of ${dims.length}`);
  const count = elementCount(dims);
  graph.spend(count);
  const values = constant.values();
  const strides = dims.map((_, axis) => elementCount(dims.slice(axis + 1)));
  const result = new Float32Array(count);
  const shape = order.map((axis) => dims[axis] ?? 1);
  for (let to = 0; to < count; to++) {
    let rest = to;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      from += (rest % size) * (strides[order[axis] ?? 0] ?? 0);
      rest = Math.floor(rest / size);
    }
    result[to] = values[from] ?? 0;
  }
  return knownConstant(idOf(node), shape, result);
};

const cast: Folding = (node, inputs) => {
  const constant = first(node, inputs);
  const whole = [2, 3, 4, 5, 6, 7, 12, 13].includes(node.integer('to', 1));
  return whole ? knownConstant(idOf(node), constant.dims, node.smallValues(constant).map(Math.trunc)) : constant;
};

const gather: Folding = (node, inputs) => {
  const data = first(node, inputs);
  const axis = node.integer('axis', 0);
  if (data.dims.length !== 1 || (axis !== 0 && axis !== -1)) throw node.fail('picks from values with several axes, which is not supported');
  const values = node.smallValues(data);
  const picked = node.smallValues(node.requiredConstant(1)).map((index) => {
    const value = values[index < 0 ? index + values.length : index];
    if (value === undefined) throw node.fail(`picks value ${index} of ${values.length}`);
    return value;
  });
  return knownConstant(idOf(node), node.requiredConstant(1).dims, picked);
};

const concat: Folding = (node, inputs) => {
  if (inputs.some(({ dims }) => dims.length !== 1)) throw node.fail('joins constants with several axes, which is not supported');
  const values: number[] = [];
  for (const input of inputs) {
    values.push(...node.smallValues(input));
    if (values.length > 1024) throw node.fail('joins more than 1024 constants');
  }
  return knownConstant(idOf(node), [values.length], values);
};

/** Foldings by operator. */
export const FOLDINGS: ReadonlyMap<string, Folding> = new Map<string, Folding>([
  ['Identity', first],
  ['Dropout', first],
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Transpose', transpose],
  ['Cast', cast],
  ['Gather', gather],
  ['Concat', concat],
  ['ConstantOfShape', constantOfShape],
  ['Slice', slice],
  ['Add', arithmeticOnConstants((a, b) => a + b)],
  ['Sub', arithmeticOnConstants((a, b) => a - b)],
  ['Mul', arithmeticOnConstants((a, b) => a * b)],
]);

/** A value that the node itself holds. */
export const constantNode: Operator = (node, graph) => {
  const tensor = node.tensor('value');
  if (tensor) return graph.addConstant(node, tensor);
  const id = idOf(node);
  for (const name of ['value_float', 'value_int']) {
    if (node.has(name))
      return graph.addConstant(node, knownConstant(id, [], [name === 'value_int' ? node.integer(name, 0) : node.float(name, 0)]));
  }
  const list = node.has('value_ints') ? node.list('value_ints') : node.has('value_floats') ? node.floats('value_floats') : undefined;
  if (list === undefined) throw node.fail('holds no numbers; expected value, value_float, value_int, value_floats or value_ints');
  return graph.addConstant(node, knownConstant(id, [list.length], list));
};

/** Sizes of an activation, as older exporters compute them to flatten it. */
export const shapeOf: Operator = (node, graph) => {
  const input = node.input(0);
  if (input === undefined) throw node.fail('has no input');
  const dims = input.kind === 'constant' ? input.dims : dimsOf(input, graph.batch);
  const part = dims.slice(node.integer('start', 0), node.has('end') ? node.integer('end', dims.length) : undefined);
  return graph.addConstant(node, knownConstant(idOf(node), [part.length], part));
};
