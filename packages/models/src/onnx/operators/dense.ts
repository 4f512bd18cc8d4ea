import { layerDoesNotFit } from '@featurescope/core';
import type { Constant } from '../constants.js';
import { type GraphBuilder, type Operator, one } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import type { Activation } from '../values.js';
import { NC } from '../values.js';

/** alpha · A · B + beta · C, where A is the activation. */
export const gemm: Operator = (node, graph) => {
  if (node.integer('transA', 0) !== 0) throw node.fail('transposes its activation (transA), which is not supported');
  const input = flatInput(node);
  const kernel = node.requiredConstant(1);
  const transposed = node.integer('transB', 0) !== 0;
  const bias = node.constant(2);
  return dense(node, graph, input, { kernel, transposed, factor: node.float('alpha', 1), bias, biasFactor: node.float('beta', 1) });
};

export const matMul: Operator = (node, graph) => {
  const input = flatInput(node);
  return dense(node, graph, input, { kernel: node.requiredConstant(1), transposed: false, factor: 1, bias: undefined, biasFactor: 1 });
};

const flatInput = (node: OnnxNode): Activation => {
  const value = node.activation();
  if (value.axes.join('') === 'NC') return value;
  throw node.fail(`takes an input with the axes ${value.axes.join(', ')}; expected a flat one (N, C)`);
};

interface DenseParts {
  readonly kernel: Constant;
  /** Whether the kernel is stored [units, inputs]. */
  readonly transposed: boolean;
  readonly factor: number;
  readonly bias: Constant | undefined;
  readonly biasFactor: number;
}

const dense = (node: OnnxNode, graph: GraphBuilder, input: Activation, parts: DenseParts): Activation => {
  const { kernel, transposed, factor, bias, biasFactor } = parts;
  const [rows, columns] = kernel.dims;
  if (kernel.dims.length !== 2 || rows === undefined || columns === undefined) {
    throw node.fail(`has weights of shape [${kernel.dims.join(', ')}]; expected two axes`);
  }
  const [inputs, units] = transposed ? [columns, rows] : [rows, columns];
  if (inputs !== input.shape[2]) throw layerDoesNotFit(node.name, `takes ${inputs} values, but its input has ${input.shape[2]}`);
  if (bias && !biasFits(bias, units)) {
    throw node.fail(`adds a bias of shape [${bias.dims.join(', ')}]; expected [${units}], [1, ${units}] or one value`);
  }
  return graph.add(node, { kind: 'dense', inputs: one(input), units, bias: bias !== undefined, inputOrder: 'chw' }, [input], NC, {
    key: `dense ${kernel.id} ${transposed} ${factor} ${bias?.id} ${biasFactor}`,
    weights: {
      kernel: { shape: [inputs, units], compute: () => denseKernel(kernel.values(), inputs, units, transposed, factor) },
      ...(bias && { bias: { shape: [units], compute: () => denseBias(bias.values(), units, biasFactor) } }),
    },
  });
};

const biasFits = ({ dims }: Constant, units: number): boolean => {
  const last = dims.at(-1) ?? 1;
  return dims.length <= 2 && dims.slice(0, -1).every((size) => size === 1) && (last === units || last === 1);
};

const denseKernel = (values: ArrayLike<number>, inputs: number, units: number, transposed: boolean, factor: number): Float32Array => {
  const result = new Float32Array(inputs * units);
  for (let input = 0; input < inputs; input++)
    for (let unit = 0; unit < units; unit++) {
      result[input * units + unit] = factor * (values[transposed ? unit * inputs + input : input * units + unit] ?? 0);
    }
  return result;
};

const denseBias = (values: ArrayLike<number>, units: number, factor: number): Float32Array =>
  Float32Array.from({ length: units }, (_, unit) => factor * (values[values.length === 1 ? 0 : unit] ?? 0));
