import { channelSum, type Extent, type Random, saliencyMap } from '@featurescope/core';
import { asMap } from '../../attribution/attribution.js';
import type { MadeAttribution } from '../../attribution/run-attribution.js';

/** The map [H, W] that pixels are ordered by: the sum over channels, or the largest magnitude. */
export const rankedMap = ({ values, shape }: MadeAttribution, by: 'signed' | 'magnitude'): Float32Array =>
  by === 'signed' ? channelSum(values, asMap(shape)) : saliencyMap(values, asMap(shape));

/** Pixels from the largest value to the smallest; of equals the first in row-major order goes first. */
export const descending = (map: Float32Array): Uint32Array =>
  Uint32Array.from(map, (_, i) => i).sort((a, b) => (map[b] ?? 0) - (map[a] ?? 0) || a - b);

/** The map [H, W] with the mean of each block of `side` × `side` pixels in place of its values; blocks at the far ends may be smaller. */
export function blockwise(map: Float32Array, [height, width]: Extent, side: number): Float32Array {
  if (side === 1) return map;
  const across = Math.ceil(width / side);
  const blockOf = (i: number): number => Math.floor(Math.floor(i / width) / side) * across + Math.floor((i % width) / side);
  const sums = new Float64Array(across * Math.ceil(height / side));
  const counts = new Uint32Array(sums.length);
  for (let i = 0; i < map.length; i++) {
    const block = blockOf(i);
    sums[block] = (sums[block] ?? 0) + (map[i] ?? 0);
    counts[block] = (counts[block] ?? 0) + 1;
  }
  return map.map((_, i) => (sums[blockOf(i)] ?? 0) / (counts[blockOf(i)] ?? 1));
}

/** Pixels in random order, those of one block together. */
export const randomOrder = (size: Extent, side: number, random: Random): Uint32Array =>
  descending(blockwise(random.fillUniform(new Float32Array(size[0] * size[1]), 0, 1), size, side));
