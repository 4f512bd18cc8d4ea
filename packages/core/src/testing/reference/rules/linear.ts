import type { ConvLayer, DenseLayer } from '../../../network/layer.js';
import { type Array4, add, get, map, type Shape4, zeros } from '../array4.js';
import { inputOf, type LayerCall, type Rule, sumOverChannels } from '../rule.js';

interface Products<L extends ConvLayer | DenseLayer> {
  outputShape(call: LayerCall<L>, input: Shape4): Shape4;
  /** Calls with the places of every product of an input with a weight: in the output, in the input and in the kernel. */
  forEach(call: LayerCall<L>, input: Shape4, visit: (output: number, input: number, kernel: number) => void): void;
}

/** A layer whose outputs are sums of products of inputs and weights, plus a bias for each channel. */
export const linear = <L extends ConvLayer | DenseLayer>(products: Products<L>): Rule<L> => ({
  forward: (call) => {
    const x = inputOf(call);
    const y = zeros(products.outputShape(call, x.shape));
    const kernel = call.parameter('kernel');
    products.forEach(call, x.shape, (o, i, k) => add(y.data, o, get(x.data, i) * get(kernel, k)));
    if (!call.layer.bias) return y;
    const bias = call.parameter('bias');
    return map(y, (value, o) => value + get(bias, o % y.shape[3]));
  },
  backward: (call, signal): readonly Array4[] => {
    const below = zeros(inputOf(call).shape);
    const kernel = call.parameter('kernel');
    products.forEach(call, below.shape, (o, i, k) => add(below.data, i, get(signal.data, o) * get(kernel, k)));
    return [below];
  },
  weightGradient: (call, signal) => {
    const x = inputOf(call);
    const kernel = new Float64Array(call.parameter('kernel').length);
    products.forEach(call, x.shape, (o, i, k) => add(kernel, k, get(signal.data, o) * get(x.data, i)));
    return call.layer.bias ? { kernel, bias: sumOverChannels(signal, (s) => s) } : { kernel };
  },
});
