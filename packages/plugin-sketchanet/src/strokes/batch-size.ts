import { inferShapes, type LayerName, type Model } from '@featurescope/core';

/** Bytes of activations that the drawings of one pass may fill together. */
const BUDGET = 256 * 2 ** 20;

/** More in one pass are not faster, and a cancelled run would end later. */
const MOST = 32;

/** Drawings in one pass by memory: as many as the activations up to some layers leave room for. */
export function batchSizeFor({ network, input }: Pick<Model, 'network' | 'input'>, layers: readonly LayerName[]): number {
  const shapes = inferShapes(network, [...input.size, input.channels], layers);
  const floats = [...shapes.values()].reduce((sum, [height, width, channels]) => sum + height * width * channels, 0);
  return Math.min(Math.max(Math.floor(BUDGET / (4 * Math.max(floats, 1))), 1), MOST);
}
