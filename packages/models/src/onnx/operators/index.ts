import type { Operator } from '../graph-builder.js';
import { conv } from './conv.js';
import { gemm, matMul } from './dense.js';
import { castActivation, clip, dropout, leakyRelu, lrn, relu, sigmoid, softmax, tanh, unary } from './elementwise.js';
import { constantNode, FOLDINGS, shapeOf } from './folding.js';
import { arithmetic, concatActivations } from './join.js';
import { flattenActivation, reshapeActivation, squeezeActivation, transposeActivation, unsqueezeActivation } from './layout.js';
import { pad } from './pad.js';
import { batchNormalization } from './per-channel.js';
import { averagePool, globalAveragePool, maxPool, reduceMean } from './pool.js';

/** Operators on activations, by their name in ONNX. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Add', arithmetic],
  ['AveragePool', averagePool],
  ['BatchNormalization', batchNormalization],
  ['Cast', castActivation],
  ['Clip', clip],
  ['Concat', concatActivations],
  ['Constant', constantNode],
  ['Conv', conv],
  ['Div', arithmetic],
  ['Dropout', dropout],
  ['Flatten', flattenActivation],
  ['Gemm', gemm],
  ['GlobalAveragePool', globalAveragePool],
  ['Identity', unary((_, inputs) => ({ kind: 'identity', inputs }))],
  ['LRN', lrn],
  ['LeakyRelu', leakyRelu],
  ['MatMul', matMul],
  ['MaxPool', maxPool],
  ['Mul', arithmetic],
  ['Pad', pad],
  ['ReduceMean', reduceMean],
  ['Relu', relu],
  ['Reshape', reshapeActivation],
  ['Shape', shapeOf],
  ['Sigmoid', sigmoid],
  ['Softmax', softmax],
  ['Squeeze', squeezeActivation],
  ['Sub', arithmetic],
  ['Sum', arithmetic],
  ['Tanh', tanh],
  ['Transpose', transposeActivation],
  ['Unsqueeze', unsqueezeActivation],
]);

export const SUPPORTED_OPERATORS: readonly string[] = [...new Set([...OPERATORS.keys(), ...FOLDINGS.keys()])];

/** What turns a node of this operator into a layer, or into a constant when all it takes is stored in the file. */
export const operatorOf = (name: string): Operator | undefined => {
  const operator = OPERATORS.get(name);
  const fold = FOLDINGS.get(name);
  if (fold === undefined) return operator;
  return (node, graph) => {
    const inputs = node.inputs();
    const constants = inputs.filter((value) => value.kind === 'constant');
    if (inputs.length > 0 && constants.length === inputs.length) return graph.addConstant(node, fold(node, constants, graph));
    if (operator === undefined) throw node.fail('takes an activation; it is supported on constants only');
    return operator(node, graph);
  };
};
