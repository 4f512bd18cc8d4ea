import type { DenseLayer, FlattenOrder } from '../../../network/layer.js';
import { place, type Shape4 } from '../array4.js';
import type { LayerCall } from '../rule.js';
import { linear } from './linear.js';

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

export const dense = linear<DenseLayer>({
  outputShape: ({ layer }, input) => [input[0], 1, 1, layer.units],
  forEach: forEachProduct,
});
