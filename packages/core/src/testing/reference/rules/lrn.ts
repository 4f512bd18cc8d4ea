import type { LrnLayer } from '../../../network/layer.js';
import { add, get, map, zeros } from '../array4.js';
import { inputOf, type Rule } from '../rule.js';

/** Channels that normalise a channel: ⌊(size − 1) / 2⌋ below to ⌈(size − 1) / 2⌉ above it (ONNX). */
const neighbours = (channel: number, channels: number, size: number): readonly number[] => {
  const all: number[] = [];
  const below = Math.floor((size - 1) / 2);
  for (let other = channel - below; other < channel - below + size; other++) if (other >= 0 && other < channels) all.push(other);
  return all;
};

/** The base bias + alpha / size · Σ x² at every place. */
const bases = (layer: LrnLayer, data: Float64Array, channels: number): Float64Array =>
  data.map((_, index) => {
    const channel = index % channels;
    const squares = neighbours(channel, channels, layer.size).reduce((total, other) => total + get(data, index - channel + other) ** 2, 0);
    return layer.bias + (layer.alpha / layer.size) * squares;
  });

export const lrn: Rule<LrnLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const base = bases(call.layer, x.data, x.shape[3]);
    return map(x, (value, index) => value * get(base, index) ** -call.layer.beta);
  },
  backward: (call, signal, policy) => {
    if (policy.lrn === 'bypass') return [signal];
    const { layer } = call;
    const x = inputOf(call);
    const channels = x.shape[3];
    const base = bases(layer, x.data, channels);
    const below = zeros(x.shape);
    x.data.forEach((value, index) => {
      const above = get(signal.data, index);
      const b = get(base, index);
      add(below.data, index, above * b ** -layer.beta);
      const factor = above * value * -layer.beta * b ** (-layer.beta - 1) * (layer.alpha / layer.size) * 2;
      const first = index - (index % channels);
      for (const other of neighbours(index % channels, channels, layer.size))
        add(below.data, first + other, factor * get(x.data, first + other));
    });
    return [below];
  },
};
