import type { Layer } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { type Array4, get, place } from '../reference/array4.js';
import { referenceForward } from '../reference/forward.js';

/** Distance of a number to the nearest kink of an activation function. */
const distanceToKink = (layer: Layer, x: number): number => {
  if (layer.kind === 'clip') return Math.min(Math.abs(x - layer.min), Math.abs(x - layer.max));
  return layer.kind === 'relu' || layer.kind === 'leakyRelu' ? Math.abs(x) : Number.POSITIVE_INFINITY;
};

/** Smallest difference between any two numbers of a map that a pool might compare, ties of zeros (and others, if allowed) left out. */
function smallestGap({ shape, data }: Array4, reach: number, allowTies: boolean): number {
  const [pictures, height, width, channels] = shape;
  let smallest = Number.POSITIVE_INFINITY;
  for (let n = 0; n < pictures; n++)
    for (let c = 0; c < channels; c++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let dy = 0; dy < reach && y + dy < height; dy++)
            for (let dx = dy === 0 ? 1 : 1 - reach; dx < reach; dx++) {
              if (x + dx < 0 || x + dx >= width) continue;
              const value = get(data, place(shape, n, y, x, c));
              const gap = Math.abs(value - get(data, place(shape, n, y + dy, x + dx, c)));
              if (gap > 0 || (value !== 0 && !allowTies)) smallest = Math.min(smallest, gap);
            }
  return smallest;
}

/**
 * How near the decisions of a forward pass are to turning out differently: the smallest distance of an activation
 * function's input to its kink and the smallest gap between numbers in one window. Exact zeros do not count, and exact ties
 * do not when they are allowed.
 */
export function nearestTie(network: Network, input: Array4, allowTies = false): number {
  const { values } = referenceForward(network, input);
  const inputOf = (layer: Layer): Array4 | undefined => values.get(layer.inputs[0] ?? '');
  return network.layers.reduce((nearest, layer) => {
    const x = inputOf(layer);
    if (!x) return nearest;
    if (layer.kind === 'maxPool') return Math.min(nearest, smallestGap(x, Math.max(...layer.size), allowTies));
    const distances = Array.from(x.data, (value) => distanceToKink(layer, value)).filter((distance) => distance > 0);
    return distances.reduce((a, b) => Math.min(a, b), nearest);
  }, Number.POSITIVE_INFINITY);
}
