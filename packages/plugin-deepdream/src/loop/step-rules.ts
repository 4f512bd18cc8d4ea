import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Names of the rules on the command line. */
export const STEP_RULES = ['mean-gradient', 'fixed', 'adam'] as const;

/** What a rule sees of a piece of the picture. */
export interface StepInput {
  /** ∂J/∂x, [N, h, w, C]. */
  readonly gradient: Tensor4D;
  /** Mean |∂J/∂x| of each whole picture, [N, 1, 1, 1]. */
  readonly mean: Tensor4D;
  /** What the rule remembers of these pixels: zeros before the first step. */
  readonly moments: readonly Tensor4D[];
  /** Steps, this one included, since the moments were zero. */
  readonly count: number;
}

export interface Stepped {
  /** What is added to the picture, before the step size. */
  readonly direction: Tensor4D;
  readonly moments: readonly Tensor4D[];
}

/** Turns a gradient into a direction. */
export interface StepRule {
  readonly name: string;
  /** Tensors of the picture's shape that it remembers from step to step. */
  readonly moments: number;
  /** In a tidy of the caller. */
  direction(input: StepInput): Stepped;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** g / mean|g|; zero where the gradient vanishes altogether (google/deepdream). */
const meanGradient: StepRule = {
  name: 'mean-gradient',
  moments: 0,
  // divNoNan does the same, twenty times as slowly on WebAssembly.
  direction: ({ gradient, mean }) => ({ direction: tf.div(gradient, tf.where(tf.equal(mean, 0), tf.onesLike(mean), mean)), moments: [] }),
};

/** The gradient itself. */
const fixed: StepRule = { name: 'fixed', moments: 0, direction: ({ gradient }) => ({ direction: gradient, moments: [] }) };

const blend = (old: Tensor4D, fresh: Tensor4D, keep: number): Tensor4D => tf.add(tf.mul(old, keep), tf.mul(fresh, 1 - keep));

/** m̂ / (√v̂ + ε) (Kingma & Ba 2015). */
const adam: StepRule = {
  name: 'adam',
  moments: 2,
  direction: ({ gradient, moments, count }) => {
    const first = blend(moments[0] ?? tf.zerosLike(gradient), gradient, BETA1);
    const second = blend(moments[1] ?? tf.zerosLike(gradient), tf.square(gradient), BETA2);
    const scale = tf.add(tf.sqrt(tf.div(second, 1 - BETA2 ** count)), EPSILON);
    return { direction: tf.div(tf.div(first, 1 - BETA1 ** count), scale), moments: [first, second] };
  },
};

const RULES = { 'mean-gradient': meanGradient, fixed, adam } as const;

export const stepRule = (name: (typeof STEP_RULES)[number]): StepRule => RULES[name];

/** m ← μ·m + g, the direction being m: with a step of η this is m ← μ·m + η·g of gradient ascent with momentum. */
export const momentum = (factor: number): StepRule => ({
  name: 'momentum',
  moments: 1,
  direction: ({ gradient, moments }) => {
    const next: Tensor4D = tf.add(tf.mul(moments[0] ?? tf.zerosLike(gradient), factor), gradient);
    return { direction: next, moments: [next] };
  },
});
