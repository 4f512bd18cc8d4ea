import type { InputRange } from '@featurescope/core';
import type { PointwiseRegulariser } from './regulariser.js';

/** x ← min(max(x, lowest), highest), per channel (google/deepdream: the range of a pixel in input units). What is not a number stays so. */
export const clamp = (min: InputRange['min'], max: InputRange['max']): PointwiseRegulariser => ({
  name: 'clamp',
  every: 1,
  change(values, channels) {
    for (let c = 0; c < channels; c++) {
      const [low, high] = [min[c] ?? Number.NEGATIVE_INFINITY, max[c] ?? Number.POSITIVE_INFINITY];
      for (let i = c; i < values.length; i += channels) {
        const value = values[i] ?? 0;
        if (value < low) values[i] = low;
        else if (value > high) values[i] = high;
      }
    }
  },
});
