import type { InputRange } from '@featurescope/core';
import type { Regulariser } from './regulariser.js';

/** x ← min(max(x, lowest), highest), per channel (google/deepdream: the range of a pixel in input units). What is not a number stays so. */
export const clamp = (min: InputRange['min'], max: InputRange['max']): Regulariser => ({
  name: 'clamp',
  every: 1,
  change({ data, shape }) {
    const channels = shape[3];
    for (let c = 0; c < channels; c++) {
      const [low, high] = [min[c] ?? Number.NEGATIVE_INFINITY, max[c] ?? Number.POSITIVE_INFINITY];
      // Looked up rather than branched upon, which would be guessed wrong where many values lie outside.
      const choice = Float32Array.of(low, 0, high);
      for (let i = c; i < data.length; i += channels) {
        const value = data[i] ?? 0;
        choice[1] = value;
        data[i] = choice[1 + Number(value > high) - Number(value < low)] ?? 0;
      }
    }
  },
});
