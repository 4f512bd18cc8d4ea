import type { ConstantLayer, DropoutLayer, FlattenLayer, PadLayer, PlainLayer } from '../../../network/layer.js';
import { forEachPlace, get, map, place, type Shape4, zeros } from '../array4.js';
import { inputOf, type Rule } from '../rule.js';
import { flatOrder } from './dense.js';

export const identity: Rule<PlainLayer> = {
  forward: (call) => inputOf(call),
  backward: (_, signal) => [signal],
};

export const dropout: Rule<DropoutLayer> = {
  forward: (call) => map(inputOf(call), (x, index) => (call.dropout ? x * get(call.dropout.data, index) : x)),
  backward: (call, signal) => [map(signal, (r, index) => (call.dropout ? r * get(call.dropout.data, index) : r))],
};

export const flatten: Rule<FlattenLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const order = flatOrder(x.shape, call.layer.order);
    const y = zeros([x.shape[0], 1, 1, order.length]);
    return map(y, (_, index) => get(x.data, index - (index % order.length) + get(order, index % order.length)));
  },
  backward: (call, signal) => {
    const below = zeros(inputOf(call).shape);
    const order = flatOrder(below.shape, call.layer.order);
    signal.data.forEach((value, index) => {
      below.data[index - (index % order.length) + get(order, index % order.length)] = value;
    });
    return [below];
  },
};

const paddedShape = ({ padding }: PadLayer, [n, h, w, c]: Shape4): Shape4 => [
  n,
  h + padding.top + padding.bottom,
  w + padding.left + padding.right,
  c,
];

export const pad: Rule<PadLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const { padding, value } = call.layer;
    const y = zeros(paddedShape(call.layer, x.shape));
    y.data.fill(value);
    forEachPlace(x.shape, (n, row, column, c) => {
      y.data[place(y.shape, n, row + padding.top, column + padding.left, c)] = get(x.data, place(x.shape, n, row, column, c));
    });
    return y;
  },
  backward: (call, signal) => {
    const { padding } = call.layer;
    const below = zeros(inputOf(call).shape);
    forEachPlace(below.shape, (n, row, column, c) => {
      below.data[place(below.shape, n, row, column, c)] = get(
        signal.data,
        place(signal.shape, n, row + padding.top, column + padding.left, c),
      );
    });
    return [below];
  },
};

export const constant: Rule<ConstantLayer> = {
  forward: ({ layer }) => {
    throw new Error(`reference: the constant "${layer.name}" feeds no layer and is not run`);
  },
  backward: () => [],
};
