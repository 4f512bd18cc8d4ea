import type { PlainLayer } from '../../../network/layer.js';
import { type Array4, get, zeros } from '../array4.js';
import { inputOf, type Rule } from '../rule.js';

/** Softmax over `count` numbers from `first` on. */
export const softmaxOf = (data: ArrayLike<number>, first: number, count: number): readonly number[] => {
  const values = Array.from({ length: count }, (_, i) => get(data, first + i));
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
};

export const softmax: Rule<PlainLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const y = zeros(x.shape);
    const channels = x.shape[3];
    for (let first = 0; first < x.data.length; first += channels) y.data.set(softmaxOf(x.data, first, channels), first);
    return y;
  },
  backward: (call, signal): readonly Array4[] => {
    const x = inputOf(call);
    const below = zeros(x.shape);
    const channels = x.shape[3];
    for (let first = 0; first < x.data.length; first += channels) {
      const p = softmaxOf(x.data, first, channels);
      const mean = p.reduce((total, probability, i) => total + probability * get(signal.data, first + i), 0);
      p.forEach((probability, i) => {
        below.data[first + i] = probability * (get(signal.data, first + i) - mean);
      });
    }
    return [below];
  },
};
