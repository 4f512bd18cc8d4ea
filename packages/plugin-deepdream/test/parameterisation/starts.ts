import { createRandom } from '@featurescope/core';
import type { Parameterisation } from '../../src/parameterisation/parameterisation.js';

/** A start for each picture of the batch, drawn one after the other. */
export function startsOf({ shape, start }: Parameterisation, seed: number | string): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from(Array.from({ length: shape[0] }, () => [...start(random)]).flat());
}
