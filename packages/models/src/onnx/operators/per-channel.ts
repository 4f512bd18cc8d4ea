import type { Constant } from '../constants.js';
import { type GraphBuilder, type Operator, one } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import type { Activation } from '../values.js';

export const batchNormalization: Operator = (node, graph) => {
  if (node.integer('training_mode', 0) !== 0) throw node.fail('is in training mode; export the network for inference');
  if (node.integer('spatial', 1) === 0) throw node.fail('normalises every position on its own (spatial = 0), which is not supported');
  const input = node.activation();
  const channels = input.shape[2];
  const parameters = {
    scale: node.requiredConstant(1),
    offset: node.requiredConstant(2),
    mean: node.requiredConstant(3),
    variance: node.requiredConstant(4),
  };
  for (const [name, { dims }] of Object.entries(parameters)) {
    if (dims.join() !== `${channels}`) throw node.fail(`has a ${name} of shape [${dims.join(', ')}] for ${channels} channels`);
  }
  const weights = Object.entries(parameters).map(([name, constant]) => [
    name,
    { shape: [channels], compute: () => Float32Array.from(constant.values()) },
  ]);
  return graph.add(node, { kind: 'batchNorm', inputs: one(input), epsilon: node.float('epsilon', 1e-5) }, [input], input.axes, {
    key: `batchNorm ${Object.values(parameters)
      .map(({ id }) => id)
      .join(' ')}`,
    weights: Object.fromEntries(weights),
  });
};

/** x + c, x − c, x · c or x / c for a constant c of one value, or of one value for each channel. */
export const affine = (node: OnnxNode, graph: GraphBuilder, input: Activation, constant: Constant, constantFirst: boolean): Activation => {
  const channels = input.shape[2];
  checkPerChannel(node, input, constant);
  const operator = node.operator;
  if (operator === 'Div' && constantFirst) throw node.fail('divides a constant by an activation, which is not supported');
  const values = () => broadcast(constant, channels);
  const fill = (value: number) => () => new Float32Array(channels).fill(value);
  const [scale, offset] =
    operator === 'Mul'
      ? [values, fill(0)]
      : operator === 'Div'
        ? [() => values().map((value) => 1 / value), fill(0)]
        : operator === 'Sub'
          ? constantFirst
            ? [fill(-1), values]
            : [fill(1), () => values().map((value) => -value)]
          : [fill(1), values];
  return graph.add(node, { kind: 'affine', inputs: one(input) }, [input], input.axes, {
    key: `affine ${operator} ${constantFirst} ${constant.id} ${channels}`,
    weights: { scale: { shape: [channels], compute: scale }, offset: { shape: [channels], compute: offset } },
  });
};

const checkPerChannel = (node: OnnxNode, input: Activation, { dims }: Constant): void => {
  const aligned = dims.map((size, i) => ({ size, axis: input.axes[input.axes.length - dims.length + i] }));
  const fits =
    dims.length <= input.axes.length && aligned.every(({ size, axis }) => size === 1 || (axis === 'C' && size === input.shape[2]));
  if (fits) return;
  throw node.fail(
    `combines a ${input.shape.join('×')} map with a constant of shape [${dims.join(', ')}]; only one value, or one for each channel, is supported`,
  );
};

const broadcast = (constant: Constant, channels: number): Float32Array => {
  const values = constant.values();
  return Float32Array.from({ length: channels }, (_, channel) => values[values.length === 1 ? 0 : channel] ?? 0);
};
