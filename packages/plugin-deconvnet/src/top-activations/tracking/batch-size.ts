import type { LayerInfo } from '@featurescope/core';

/** Bytes of activations of one batch. */
const BUDGET = 2 ** 26;

/** More pictures at once gain nothing. */
const MOST = 32;

const bytesOf = (layers: readonly LayerInfo[]): number =>
  layers.reduce((sum, { outputShape: [height, width, channels] }) => sum + 4 * height * width * channels, 0);

/**
 * How many of `total` pictures go through a network at once: as many as are asked for, else as many as keep the layers' activations
 * within 64 MB; less where that makes all batches alike, since each size of a batch is compiled for itself.
 */
export function batchSize(total: number, layers: readonly LayerInfo[], wanted?: number): number {
  const most = wanted ?? Math.min(Math.max(Math.floor(BUDGET / bytesOf(layers)), 1), MOST);
  return Math.max(1, Math.ceil(total / Math.max(1, Math.ceil(total / most))));
}
