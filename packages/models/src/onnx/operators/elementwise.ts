import { type LayerDraft, type Operator, one } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import type { Activation } from '../values.js';

/** An operator with one activation in and one of the same shape out. */
export const unary =
  (describe: (node: OnnxNode, input: readonly string[]) => LayerDraft): Operator =>
  (node, graph) => {
    const input = node.activation();
    return graph.add(node, describe(node, one(input)), [input], input.axes);
  };

export const relu = unary((_, inputs) => ({ kind: 'relu', inputs }));
export const tanh = unary((_, inputs) => ({ kind: 'tanh', inputs }));
export const sigmoid = unary((_, inputs) => ({ kind: 'sigmoid', inputs }));
export const leakyRelu = unary((node, inputs) => ({ kind: 'leakyRelu', inputs, slope: node.float('alpha', 0.01) }));

export const clip = unary((node, inputs) => {
  const [min, max] =
    node.opset < 11
      ? [node.float('min', Number.NEGATIVE_INFINITY), node.float('max', Number.POSITIVE_INFINITY)]
      : [node.scalar(1) ?? Number.NEGATIVE_INFINITY, node.scalar(2) ?? Number.POSITIVE_INFINITY];
  if (!(min <= max)) throw node.fail(`clips to the empty range ${min} … ${max}`);
  return { kind: 'clip', inputs, min, max };
});

export const dropout = unary((node, inputs) => {
  const rate = node.opset < 12 ? node.float('ratio', 0.5) : (node.scalar(1) ?? 0.5);
  if (node.scalar(2)) throw node.fail('is in training mode; export the network for inference');
  if (!(rate >= 0 && rate < 1)) throw node.fail(`has the rate ${rate}; expected 0 to below 1`);
  return { kind: 'dropout', inputs, rate };
});

export const lrn = unary((node, inputs) => {
  const size = node.integer('size', 0);
  if (!Number.isInteger(size) || size < 1) throw node.fail(`normalises over ${size} channels; expected at least 1`);
  return { kind: 'lrn', inputs, size, alpha: node.float('alpha', 1e-4), beta: node.float('beta', 0.75), bias: node.float('bias', 1) };
});

/** Before version 13 a softmax runs over all axes from `axis` on, later over that axis alone; here it must be the channels. */
export const softmax: Operator = (node, graph) => {
  const input = node.activation();
  const { axes, shape } = input;
  const given = node.integer('axis', node.opset < 13 ? 1 : -1);
  const axis = given < 0 ? given + axes.length : given;
  const joined = node.opset < 13 ? axes.slice(axis) : axes.slice(axis, axis + 1);
  const others = joined.filter((name) => name !== 'C' && sizeOf(input, name) !== 1);
  if (!joined.includes('C') || others.length > 0) {
    const over = joined.length === 0 ? `axis ${given}` : joined.join(', ');
    throw node.fail(`runs over ${over} of a ${shape.join('×')} map; only a softmax over channels is supported`);
  }
  return graph.add(node, { kind: 'softmax', inputs: one(input) }, [input], axes);
};

const sizeOf = ({ shape }: Activation, axis: string): number =>
  axis === 'H' ? shape[0] : axis === 'W' ? shape[1] : axis === 'C' ? shape[2] : 1;

/** A change of number type, between kinds of floats. */
export const castActivation = unary((node, inputs) => {
  const to = node.integer('to', 0);
  if (![1, 10, 11, 16].includes(to)) throw node.fail(`turns an activation into type number ${to}; only floats are supported`);
  return { kind: 'identity', inputs };
});
