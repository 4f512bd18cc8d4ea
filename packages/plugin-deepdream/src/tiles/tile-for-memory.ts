import type { Extent, LayerName, Network } from '@featurescope/core';
import { passBytes } from './pass-bytes.js';

/** What a process with its runtimes takes before the first pass. */
const PROCESS_BYTES = 300e6;

/** Picture, gradient and state of the step rule, float32. */
const CANVAS_BYTES_PER_VALUE = 3 * 4;

/** What a pass may take of a budget when a picture of this size is worked on; negative when the rest alone takes more. */
export const passBudget = (budgetBytes: number, [height, width]: Extent, channels: number): number =>
  budgetBytes - PROCESS_BYTES - CANVAS_BYTES_PER_VALUE * height * width * channels;

/**
 * The largest tile whose pass stays within a budget for the whole process; undefined when that of the full picture does. Its sides
 * are equal multiples of `multipleOf`, as far as `minimum` and the picture allow. Where not even the minimum fits it is
 * the minimum all the same: a smaller tile would not reach the layers. @throws FeaturescopeError when the minimum does not
 */
export function tileForMemory(
  network: Network,
  layers: readonly LayerName[],
  channels: number,
  budgetBytes: number,
  full: Extent,
  minimum: Extent,
  multipleOf: number,
): Extent | undefined {
  const budget = passBudget(budgetBytes, full, channels);
  const fits = ([height, width]: Extent): boolean => passBytes(network, [height, width, channels], layers) <= budget;
  if (fits(full)) return undefined;
  const tile = (steps: number): Extent => [
    side(steps * multipleOf, minimum[0], full[0], multipleOf),
    side(steps * multipleOf, minimum[1], full[1], multipleOf),
  ];
  let least = 0;
  let beyond = Math.ceil(Math.max(...full) / multipleOf);
  while (beyond - least > 1) {
    const middle = Math.floor((least + beyond) / 2);
    if (fits(tile(middle))) least = middle;
    else beyond = middle;
  }
  const [height, width] = tile(least);
  return height === full[0] && width === full[1] ? undefined : [height, width];
}

/** At least the minimum, rounded up to whole steps, and no more than the picture. */
const side = (wanted: number, minimum: number, full: number, multipleOf: number): number =>
  Math.min(Math.max(wanted, Math.ceil(minimum / multipleOf) * multipleOf), full);
