import { elementCount } from '@featurescope/core';
import { type Constant, knownConstant } from '../constants.js';
import type { OnnxNode } from '../node.js';
import type { Folding } from './folding.js';

const MOST = 1024;

const result = (node: OnnxNode, dims: readonly number[], values: readonly number[]): Constant =>
  knownConstant(node.proto.output[0] ?? node.name, dims, values);

/** One value, as often as the shape asks for. */
export const constantOfShape: Folding = (node, [shape]) => {
  const dims = shape ? node.smallValues(shape) : [];
  const count = elementCount(dims);
  if (!(count <= MOST)) throw node.fail(`makes a constant of shape [${dims.join(', ')}], which is not supported`);
  const [value = 0] = node.smallValues(node.tensor('value') ?? result(node, [1], [0]));
  return result(node, dims, new Array<number>(count).fill(value));
};

/** Positions from `start` towards `end`, both counted from the back when negative, as ONNX clamps them. */
const positions = (size: number, start: number, end: number, step: number): number[] => {
  const least = step > 0 ? 0 : -1;
  const most = step > 0 ? size : size - 1;
  const within = (at: number, low: number): number => Math.min(Math.max(at < 0 ? at + size : at, low), most);
  const from = within(start, Math.max(least, 0));
  const to = within(end, least);
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);
};

/** A part of a list or table of numbers, such as the paddings that PyTorch computes. */
export const slice: Folding = (node, [data]) => {
  if (data === undefined || node.opset < 10) throw node.fail('is supported on constants from operator set 10 on only');
  const values = node.smallValues(data);
  const starts = node.integers(1) ?? [];
  const ends = node.integers(2) ?? [];
  const axes = node.integers(3) ?? starts.map((_, i) => i);
  const steps = node.integers(4) ?? starts.map(() => 1);
  let dims = data.dims;
  let picked = values.map((_, i) => i);
  axes.forEach((given, i) => {
    const axis = given < 0 ? given + dims.length : given;
    const size = dims[axis];
    const step = steps[i] ?? 1;
    if (size === undefined || step === 0) throw node.fail(`cuts axis ${given} of ${dims.length} in steps of ${step}`);
    const kept = positions(size, starts[i] ?? 0, ends[i] ?? size, step);
    const inner = elementCount(dims.slice(axis + 1));
    const outer = elementCount(dims.slice(0, axis));
    const old = picked;
    picked = Array.from({ length: outer }, (_, o) =>
      kept.flatMap((at) => old.slice((o * size + at) * inner, (o * size + at + 1) * inner)),
    ).flat();
    dims = dims.with(axis, kept.length);
  });
  return result(
    node,
    dims,
    picked.map((at) => values[at] ?? 0),
  );
};

/** Arithmetic on two constants of one shape, or one of them a single number. */
export const arithmeticOnConstants =
  (compute: (a: number, b: number) => number): Folding =>
  (node, inputs) => {
    const [a, b] = inputs;
    if (a === undefined || b === undefined || inputs.length > 2) throw node.fail(`takes ${inputs.length} constants; expected two`);
    const [left, right] = [node.smallValues(a), node.smallValues(b)];
    const same = a.dims.join() === b.dims.join();
    if (!same && left.length !== 1 && right.length !== 1)
      throw node.fail(`combines constants of shapes [${a.dims.join(', ')}] and [${b.dims.join(', ')}], which is not supported`);
    const larger = b.dims.length > a.dims.length || right.length > left.length ? b : a;
    const at = (values: readonly number[], i: number): number => values[values.length === 1 ? 0 : i] ?? 0;
    return result(
      node,
      larger.dims,
      Array.from({ length: Math.max(left.length, right.length) }, (_, i) => compute(at(left, i), at(right, i))),
    );
  };
