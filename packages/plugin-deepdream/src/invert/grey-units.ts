import type { InputSpec } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { CanvasShape } from '../loop/canvas.js';
import { greyLevels } from '../loop/options.js';
import { perChannel } from '../loop/per-channel.js';
import { neutralValue } from '../loop/start.js';

/** Root mean square of natural pictures around their mean, in grey levels: σ = 27098.1157 of deep-goggle is the norm of 227·227·3 such values. */
export const NATURAL_DEVIATION = 27098.1157 / Math.sqrt(227 * 227 * 3);

/**
 * What the published constants are for: grey levels of 255 around the mean picture. A value x of channel c is (x − neutral[c]) / ofLevel[c]
 * grey levels.
 */
export interface GreyUnits {
  /** Input units of the middle, per channel: 0 where the preprocessing subtracts a mean. */
  readonly neutral: readonly number[];
  /** Input units of one grey level, per channel. */
  readonly ofLevel: readonly number[];
}

/** Grey levels of a network's input units; without preprocessing these are grey levels themselves. */
export const greyUnits = (spec: InputSpec): GreyUnits => ({
  neutral: Array.from({ length: spec.channels }, (_, c) => neutralValue(spec, c)),
  ofLevel: greyLevels(spec, 1),
});

/** σ² in grey levels of a picture [1, H, W, C]: the squared norm that a natural picture of its size has. */
export const naturalEnergy = ([, height, width, channels]: CanvasShape): number => NATURAL_DEVIATION ** 2 * height * width * channels;

/** Input units → grey levels around the middle. Differentiable, in a tidy of the caller. */
export const inGreyLevels = (picture: Tensor4D, { neutral, ofLevel }: GreyUnits): Tensor4D => {
  const shifted = neutral.every((value) => value === 0) ? picture : perChannel(tf.sub, picture, neutral);
  if (ofLevel.every((value) => value === 1)) return shifted;
  return perChannel(
    tf.mul,
    shifted,
    ofLevel.map((value) => 1 / value),
  );
};
