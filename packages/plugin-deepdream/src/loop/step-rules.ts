import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Moments of Adam, kept within an octave. */
export interface StepState {
  readonly first: Tensor4D;
  readonly second: Tensor4D;
  readonly count: number;
}

export interface Stepped {
  /** What is added to the picture, before the step size. */
  readonly direction: Tensor4D;
  readonly state?: StepState;
}

export type StepRule = 'mean-gradient' | 'fixed' | 'adam';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** g / mean|g|; zero where the gradient vanishes altogether (google/deepdream). */
const meanGradient = (gradient: Tensor4D): Tensor4D => tf.tidy(() => tf.divNoNan(gradient, tf.mean(tf.abs(gradient))));

const blend = (old: Tensor4D, fresh: Tensor4D, keep: number): Tensor4D => tf.add(tf.mul(old, keep), tf.mul(fresh, 1 - keep));

/** m̂ / (√v̂ + ε) (Kingma & Ba 2015). */
function adam(gradient: Tensor4D, previous: StepState | undefined, count: number): Record<'direction' | 'first' | 'second', Tensor4D> {
  return tf.tidy(() => {
    const first = blend(previous?.first ?? tf.zerosLike(gradient), gradient, BETA1);
    const second = blend(previous?.second ?? tf.zerosLike(gradient), tf.square(gradient), BETA2);
    const scale = tf.add(tf.sqrt(tf.div(second, 1 - BETA2 ** count)), EPSILON);
    const direction: Tensor4D = tf.div(tf.div(first, 1 - BETA1 ** count), scale);
    return { direction, first, second };
  });
}

/** The direction of one ascent step. */
export function applyStepRule(rule: StepRule, gradient: Tensor4D, state?: StepState): Stepped {
  switch (rule) {
    case 'mean-gradient':
      return { direction: meanGradient(gradient) };
    case 'fixed':
      return { direction: tf.clone(gradient) };
    case 'adam': {
      const count = (state?.count ?? 0) + 1;
      const { direction, first, second } = adam(gradient, state, count);
      return { direction, state: { first, second, count } };
    }
  }
}
