import type { SeedForm, SeedTerm, Unit } from '@featurescope/core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { unitOutOfRange, wrongLabels, wrongShape, wrongUnitCount } from '../errors.js';

/** Value per picture, and the derivative of their sum, both without the term's weight. */
interface Seed {
  readonly value: Tensor1D;
  readonly derivative: Tensor4D;
}

type Selecting = Extract<SeedForm, string>;

/** f(a), summed over the selected activations, and f'(a). */
const FORMS: Readonly<Record<Selecting, { value(a: Tensor4D): Tensor4D; derivative(a: Tensor4D): Tensor4D }>> = {
  sum: { value: (a) => a, derivative: (a) => tf.onesLike(a) },
  squares: { value: (a) => tf.square(a), derivative: (a) => tf.mul(a, 2) },
  positiveSquares: { value: (a) => tf.square(tf.relu(a)), derivative: (a) => tf.mul(tf.relu(a), 2) },
};

const perPicture = (terms: Tensor4D): Tensor1D => tf.sum(terms, [1, 2, 3]);

/** The seed of one term at its activation. Call in a `tidy`. @throws FeaturescopeError when the term does not fit the activation */
export function seedOf(term: SeedTerm, activation: Tensor4D): Seed {
  const { form } = term;
  if (typeof form === 'string') return selected(term, form, activation);
  return 'dot' in form ? dot(term, form.dot, activation) : crossEntropy(term, form.crossEntropy, activation);
}

function selected(term: SeedTerm, form: Selecting, a: Tensor4D): Seed {
  const [pictures, height, width, channels] = a.shape;
  const share = term.units ? unitShares(term, term.units, a) : term.mean ? 1 / (height * width * channels) : 1;
  const counted = (x: Tensor4D): Tensor4D => tf.mul(x, share);
  return { value: tf.reshape(perPicture(counted(FORMS[form].value(a))), [pictures]), derivative: counted(FORMS[form].derivative(a)) };
}

/** What each activation counts for: 1 (for a mean: 1 / number) at the unit of each picture, else 0. Height and width are 1 where only whole maps are meant. */
function unitShares({ layer, mean }: SeedTerm, units: readonly Unit[], a: Tensor4D): Tensor4D {
  const [pictures, height, width, channels] = a.shape;
  if (units.length !== 1 && units.length !== pictures) throw wrongUnitCount(layer, units.length, pictures);
  const [rows, columns] = units.some((unit) => unit.at) ? [height, width] : [1, 1];
  const shares = new Float32Array(units.length * rows * columns * channels);
  units.forEach(({ channel, at }, n) => {
    if (!Number.isInteger(channel) || channel < 0 || channel >= channels) throw unitOutOfRange(layer, `channel ${channel}`, a.shape);
    if (at && !(at[0] >= 0 && at[0] < height && at[1] >= 0 && at[1] < width))
      throw unitOutOfRange(layer, `position ${at.join(', ')}`, a.shape);
    const share = mean && !at ? 1 / (height * width) : 1;
    for (let y = at ? at[0] : 0; y <= (at ? at[0] : rows - 1); y++)
      for (let x = at ? at[1] : 0; x <= (at ? at[1] : columns - 1); x++)
        shares[((n * rows + y) * columns + x) * channels + channel] = share;
  });
  return tf.tensor4d(shares, [units.length, rows, columns, channels]);
}

function dot({ layer }: SeedTerm, guide: Tensor4D, a: Tensor4D): Seed {
  const [, ...shape] = a.shape;
  const [pictures, ...given] = guide.shape;
  if (given.join() !== shape.join() || (pictures !== 1 && pictures !== a.shape[0]))
    throw wrongShape('The guide', layer, guide.shape, a.shape);
  return { value: perPicture(tf.mul(a, guide)), derivative: tf.broadcastTo(guide, a.shape) };
}

function crossEntropy({ layer }: SeedTerm, labels: Int32Array, a: Tensor4D): Seed {
  const [pictures, height, width, classes] = a.shape;
  const valid = labels.length === pictures && labels.every((label) => label >= 0 && label < classes);
  if (!valid || height * width !== 1) throw wrongLabels(layer, [...labels], classes, pictures);
  const truth = new Float32Array(pictures * classes);
  labels.forEach((label, n) => {
    truth[n * classes + label] = 1;
  });
  const oneHot = tf.tensor4d(truth, a.shape);
  return { value: tf.neg(perPicture(tf.mul(oneHot, tf.logSoftmax(a, 3)))), derivative: tf.sub(tf.softmax(a, 3), oneHot) };
}
