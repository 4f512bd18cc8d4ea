import type { Operator } from '../graph-builder.js';
import type { OnnxNode } from '../node.js';
import { type Activation, sameAxes, type Value } from '../values.js';
import { affine } from './per-channel.js';

const isActivation = (value: Value): value is Activation => value.kind === 'activation';

/** Joins activations along their channels. */
export const concatActivations: Operator = (node, graph) => {
  const inputs = node.inputs().map((value, i) => (isActivation(value) ? value : node.activation(i)));
  const [first] = inputs;
  if (first === undefined) throw node.fail('has no inputs');
  checkAxes(node, inputs);
  const given = node.integer('axis', 1);
  const axis = first.axes[given < 0 ? given + first.axes.length : given];
  if (axis !== 'C') throw node.fail(`joins along axis ${given} (${axis ?? 'none'}); only joining along channels is supported`);
  return graph.add(node, { kind: 'concat', inputs: inputs.map(({ layer }) => layer) }, inputs, first.axes);
};

const checkAxes = (node: OnnxNode, inputs: readonly Activation[]): void => {
  const [first] = inputs;
  const other = inputs.find((input) => first && !sameAxes(first, input));
  if (first && other)
    throw node.fail(`takes inputs with the axes ${first.axes.join(', ')} and ${other.axes.join(', ')}; expected the same for all`);
};

/** Add, Sub, Mul, Div of two values, or Sum of several: a join of activations, or a constant applied per channel. */
export const arithmetic: Operator = (node, graph) => {
  const inputs = node.inputs();
  const activations = inputs.filter(isActivation);
  const [first, second] = inputs;
  if (activations.length === inputs.length && (node.operator === 'Sub' || node.operator === 'Div')) {
    throw node.fail('takes two activations; it is supported with a constant only');
  }
  if (activations.length === inputs.length && activations[0]) {
    checkAxes(node, activations);
    const { axes } = activations[0];
    if (activations.length === 1) return graph.add(node, { kind: 'identity', inputs: [activations[0].layer] }, activations, axes);
    const kind = node.operator === 'Mul' ? 'multiply' : 'add';
    return graph.add(node, { kind, inputs: activations.map(({ layer }) => layer) }, activations, axes);
  }
  if (inputs.length === 2 && first && second) {
    if (first.kind === 'activation' && second.kind === 'constant') return affine(node, graph, first, second, false);
    if (first.kind === 'constant' && second.kind === 'activation') return affine(node, graph, second, first, true);
  }
  throw node.fail(`mixes ${activations.length} activations and ${inputs.length - activations.length} constants, which is not supported`);
};
