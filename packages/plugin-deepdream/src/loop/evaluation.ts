import type { Model, Objective, Random } from '@featurescope/core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { shift } from './shift.js';
import { applyStepRule, type StepRule, type StepState } from './step-rules.js';

export interface Ascent {
  readonly model: Model;
  readonly objective: Objective;
  readonly rule: StepRule;
  /** Step size per channel, in input units. */
  readonly step: Tensor1D;
  /** Largest shift in pixels. */
  readonly jitter: number;
  /** Lowest and highest value per channel; left out: unbounded. */
  readonly range?: readonly [low: Tensor1D, high: Tensor1D];
  readonly signal: AbortSignal;
}

export interface AscentStep {
  readonly picture: Tensor4D;
  readonly state?: StepState;
  /** Value of the objective before the step. */
  readonly value: number;
  readonly terms: ReadonlyMap<string, number>;
}

const clampTo = (picture: Tensor4D, range: Ascent['range']): Tensor4D =>
  range ? tf.minimum(tf.maximum(picture, range[0]), range[1]) : picture;

/**
 * One step of gradient ascent on the picture [1, H, W, C]: shift by a random (dy, dx), x ← clamp(x + η · direction(∂J/∂x)), shift back.
 * The caller disposes the old picture and state.
 */
export async function ascend(ascent: Ascent, picture: Tensor4D, random: Random, previous?: StepState): Promise<AscentStep> {
  const { jitter } = ascent;
  const dy = random.integer(-jitter, jitter);
  const dx = random.integer(-jitter, jitter);
  const shifted = shift(picture, dy, dx);
  try {
    const { value, terms, gradient } = await ascent.model.gradient(shifted, ascent.objective, { signal: ascent.signal });
    try {
      const aligned = shift(gradient, -dy, -dx);
      const { direction, state } = applyStepRule(ascent.rule, aligned, previous);
      const next = tf.tidy(() => clampTo(tf.add(picture, tf.mul(direction, ascent.step)), ascent.range));
      tf.dispose([aligned, direction]);
      return { picture: next, value, terms, ...(state && { state }) };
    } finally {
      gradient.dispose();
    }
  } finally {
    shifted.dispose();
  }
}
