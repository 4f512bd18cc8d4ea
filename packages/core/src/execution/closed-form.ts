import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { bestMatches } from './best-match.js';
import { checkSeed } from './check-seed.js';
import type { SeedForm, SeedTerm } from './seed.js';
import { unitMasks } from './unit-masks.js';

/** A term at an activation, without its weight. */
export interface ClosedForm {
  /** Value for each picture, [N]. */
  readonly value: Tensor1D;
  /** Derivative of the sum of values with respect to the activation; computed when it is asked for. */
  readonly derivative: () => Tensor4D;
}

type Selecting = Extract<SeedForm, string>;
type Term = Omit<SeedTerm, 'weight'>;

/** f(a) of each activation, and f'(a). */
const FORMS: Readonly<Record<Selecting, { value(a: Tensor4D): Tensor4D; derivative(a: Tensor4D): Tensor4D }>> = {
  sum: { value: (a) => a, derivative: (a) => tf.onesLike(a) },
  squares: { value: (a) => tf.square(a), derivative: (a) => tf.mul(a, 2) },
  positiveSquares: { value: (a) => tf.square(tf.relu(a)), derivative: (a) => tf.mul(tf.relu(a), 2) },
};

/** Divisor of a relative distance to a target of zeros. */
const SMALLEST_NORM = 1e-12;

const perPicture = (terms: Tensor4D): Tensor1D => tf.sum(terms, [1, 2, 3]);

/**
 * Value and derivative of a seed term at its layer's activation, in tensor operations. Call in a `tidy`, `derivative` included.
 * @throws FeaturescopeError when the term does not fit the activation
 */
export function closedForm(term: Term, a: Tensor4D): ClosedForm {
  checkSeed(term, a.shape);
  const { form } = term;
  if (typeof form === 'string') return selected(term, form, a);
  if ('dot' in form) return dot(form.dot, a);
  if ('distance' in form) return distance(form.distance, form.relative ?? false, a);
  if ('match' in form) return match(form.match, a);
  return 'direction' in form ? direction(term, form.direction, a) : crossEntropy(form.crossEntropy, a);
}

function selected({ units, mean }: Term, form: Selecting, a: Tensor4D): ClosedForm {
  const [pictures, height, width, channels] = a.shape;
  const { value, derivative } = FORMS[form];
  if (!units) {
    const counted = (x: Tensor4D): Tensor4D => (mean ? tf.div(x, height * width * channels) : x);
    return { value: perPicture(counted(value(a))), derivative: () => counted(derivative(a)) };
  }
  const masks = unitMasks(units, a.shape);
  const shares = masks.counts.map((count) => (mean ? 1 / count : 1));
  const channelMask = tf.tensor4d(masks.channels, [pictures, 1, 1, channels]);
  const positions = tf.mul(tf.tensor4d(masks.positions, [pictures, height, width, 1]), tf.tensor4d(shares, [pictures, 1, 1, 1]));
  const counted = (x: Tensor4D): Tensor4D => tf.mul(tf.mul(x, channelMask), positions);
  return { value: perPicture(counted(value(a))), derivative: () => counted(derivative(a)) };
}

const dot = (guide: Tensor4D, a: Tensor4D): ClosedForm => ({
  value: perPicture(tf.mul(a, guide)),
  derivative: () => tf.broadcastTo(guide, a.shape),
});

function distance(target: Tensor4D, relative: boolean, a: Tensor4D): ClosedForm {
  const difference: Tensor4D = tf.sub(a, target);
  const divisor: Tensor4D | number = relative ? tf.maximum(tf.sum(tf.square(target), [1, 2, 3], true), SMALLEST_NORM) : 1;
  return {
    value: perPicture(tf.div(tf.sum(tf.square(difference), [1, 2, 3], true), divisor)),
    derivative: () => tf.mul(tf.div(difference, divisor), 2),
  };
}

function match(guide: Tensor4D, a: Tensor4D): ClosedForm {
  const matched = bestMatches(a, guide);
  return { value: perPicture(tf.mul(a, matched)), derivative: () => matched };
}

function direction({ mean }: Term, vector: readonly number[], a: Tensor4D): ClosedForm {
  const [, height, width, channels] = a.shape;
  const share = mean ? 1 / (height * width) : 1;
  const scaled = tf.tensor4d(
    vector.map((value) => value * share),
    [1, 1, 1, channels],
  );
  return dot(scaled, a);
}

function crossEntropy(labels: Int32Array, a: Tensor4D): ClosedForm {
  const classes = a.shape[3];
  const truth = new Float32Array(labels.length * classes);
  labels.forEach((label, n) => {
    truth[n * classes + label] = 1;
  });
  const oneHot = tf.tensor4d(truth, a.shape);
  return { value: tf.neg(perPicture(tf.mul(oneHot, tf.logSoftmax(a, 3)))), derivative: () => tf.sub(tf.softmax(a, 3), oneHot) };
}
