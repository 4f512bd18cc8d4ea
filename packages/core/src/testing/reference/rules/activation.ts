import type { ClipLayer, Layer, LeakyReluLayer, PlainLayer } from '../../../network/layer.js';
import { get, map } from '../array4.js';
import { inputOf, type Rule } from '../rule.js';

/** An activation function under the backward policies: `R' = (rectifySignal ? max(R, 0) : R) · (forwardMask ? f'(x) : 1)`. */
const activation = <L extends Layer>(value: (x: number, layer: L) => number, derivative: (x: number, layer: L) => number): Rule<L> => ({
  forward: (call) => map(inputOf(call), (x) => value(x, call.layer)),
  backward: (call, signal, { relu: { rectifySignal, forwardMask } }) => {
    const { data } = inputOf(call);
    return [
      map(signal, (r, index) => {
        const rectified = rectifySignal ? Math.max(r, 0) : r;
        return forwardMask ? rectified * derivative(get(data, index), call.layer) : rectified;
      }),
    ];
  },
});

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export const relu = activation<PlainLayer>(
  (x) => Math.max(x, 0),
  (x) => (x > 0 ? 1 : 0),
);

export const leakyRelu = activation<LeakyReluLayer>(
  (x, { slope }) => (x > 0 ? x : slope * x),
  (x, { slope }) => (x > 0 ? 1 : slope),
);

export const clip = activation<ClipLayer>(
  (x, { min, max }) => Math.min(Math.max(x, min), max),
  (x, { min, max }) => (x > min && x < max ? 1 : 0),
);

export const tanh = activation<PlainLayer>(Math.tanh, (x) => 1 - Math.tanh(x) ** 2);

export const sigmoid = activation<PlainLayer>(logistic, (x) => logistic(x) * (1 - logistic(x)));
