import type { DenseLayer, FlattenOrder } from '../../../network/layer.js';
import { type Array4, add, get, map, place, type Shape4, zeros } from '../array4.js';
import { inputOf, type LayerCall, type Rule, sumOverChannels } from '../rule.js';

/** Places of one picture's numbers in the order of the flat vector. */
export function flatOrder([, h, w, c]: Shape4, order: FlattenOrder): readonly number[] {
  const one: Shape4 = [1, h, w, c];
  const places: number[] = [];
  if (order === 'hwc') for (let i = 0; i < h * w * c; i++) places.push(i);
  else
    for (let channel = 0; channel < c; channel++)
      for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) places.push(place(one, 0, y, x, channel));
  return places;
}

/** Calls with the places of every product: in the output, in the input and in the kernel. */
function forEachProduct(
  { layer, parameter }: LayerCall<DenseLayer>,
  input: Shape4,
  visit: (output: number, input: number, kernel: number) => void,
): void {
  const order = flatOrder(input, layer.inputOrder);
  if (order.length * layer.units !== parameter('kernel').length)
    throw new Error(`reference: ${order.length} values do not fit the weights of the dense layer "${layer.name}"`);
  for (let n = 0; n < input[0]; n++)
    order.forEach((place, row) => {
      for (let unit = 0; unit < layer.units; unit++) visit(n * layer.units + unit, n * order.length + place, row * layer.units + unit);
    });
}

export const dense: Rule<DenseLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const y = zeros([x.shape[0], 1, 1, call.layer.units]);
    const kernel = call.parameter('kernel');
    forEachProduct(call, x.shape, (o, i, k) => add(y.data, o, get(x.data, i) * get(kernel, k)));
    if (!call.layer.bias) return y;
    const bias = call.parameter('bias');
    return map(y, (value, o) => value + get(bias, o % call.layer.units));
  },
  backward: (call, signal): readonly Array4[] => {
    const below = zeros(inputOf(call).shape);
    const kernel = call.parameter('kernel');
    forEachProduct(call, below.shape, (o, i, k) => add(below.data, i, get(signal.data, o) * get(kernel, k)));
    return [below];
  },
  weightGradient: (call, signal) => {
    const x = inputOf(call);
    const kernel = new Float64Array(call.parameter('kernel').length);
    forEachProduct(call, x.shape, (o, i, k) => add(kernel, k, get(signal.data, o) * get(x.data, i)));
    return call.layer.bias ? { kernel, bias: sumOverChannels(signal, (s) => s) } : { kernel };
  },
};
