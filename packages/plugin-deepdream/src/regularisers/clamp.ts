import type { InputRange } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { perChannel } from '../loop/per-channel.js';
import type { Regulariser } from './regulariser.js';

/** x ← min(max(x, lowest), highest), per channel (google/deepdream: the range of a pixel in input units). */
export const clamp = (min: InputRange['min'], max: InputRange['max']): Regulariser => ({
  name: 'clamp',
  halo: 0,
  every: 1,
  apply: (picture) => perChannel(tf.minimum, perChannel(tf.maximum, picture, min), max),
});
