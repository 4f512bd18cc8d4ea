import { addScaled, dot, type Random } from '@featurescope/core';
import { layout, type RecurrentNetwork } from './network.js';
import type { RecurrentOptions } from './options.js';

/**
 * First weights: every gate's kernel orthogonal times `gain` (Saxe et al. 2014), biases 0, but that of the forget gate `forgetBias`
 * (Jozefowicz et al. 2015). Each kernel has random numbers of its own.
 */
export function initialiseRecurrent(
  features: number,
  classes: number,
  { cell, hidden, gain, forgetBias }: Pick<RecurrentOptions, 'cell' | 'hidden' | 'gain' | 'forgetBias'>,
  random: Random,
): RecurrentNetwork {
  const weights = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
  for (const [name, shape] of layout({ cell, features, hidden, classes })) {
    const [from = 1, to] = shape;
    const data = new Float32Array(from * (to ?? 1));
    if (to !== undefined) fillKernel(data, from, to, name.startsWith('output/') ? to : hidden, gain, random.fork(name));
    else if (cell === 'lstm') data.fill(forgetBias, hidden, 2 * hidden);
    weights.set(name, { shape, data });
  }
  return { cell, features, hidden, classes, weights };
}

/** Gates stand side by side in `width` columns each, and are orthogonal each for itself. */
function fillKernel(data: Float32Array, from: number, to: number, width: number, gain: number, random: Random): void {
  for (let start = 0; start < to; start += width) {
    const block = orthogonal(from, width, random);
    for (let i = 0; i < from; i++) for (let j = 0; j < width; j++) data[i * to + start + j] = gain * (block[i * width + j] ?? 0);
  }
}

/**
 * A random [rows, columns] with orthonormal columns, or orthonormal rows when it is wide: normal numbers made orthogonal by Gram and Schmidt (modified), which
 * gives every such matrix the same chance.
 */
export function orthogonal(rows: number, columns: number, random: Random): Float64Array {
  const [length, count] = [Math.max(rows, columns), Math.min(rows, columns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const other of vectors) addScaled(vector, other, -dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  const at = (i: number, j: number): number => (rows >= columns ? vectors[j]?.[i] : vectors[i]?.[j]) ?? 0;
  return Float64Array.from({ length: rows * columns }, (_, place) => at(Math.floor(place / columns), place % columns));
}
