import {
  decide,
  type LinearClassifier,
  linearScores,
  linearSvmOptions,
  type Random,
  type Rows,
  rowCount,
  softmaxRegressionOptions,
  trainLinearSvm,
  trainSoftmaxRegression,
} from '@featurescope/core';
import type { ClassifierName, Normalisation } from './kinds.js';
import { normalised, type Sides } from './normalise.js';
import { inTheirSpan } from './span.js';
import { chosenStrength, type Decide } from './strength.js';

/** Coarser than the defaults of the classifiers: many are trained, and a closer one changes hardly a decision. */
const SVM = { tolerance: 0.05, passes: 200 };
const SOFTMAX = { tolerance: 1e-4, iterations: 150 };

export interface FitSettings {
  readonly classes: number;
  /** C of svm; left out: chosen by cross-validation. */
  readonly c?: number | undefined;
  /** Penalty of softmax; left out: chosen by cross-validation. */
  readonly l2?: number | undefined;
  readonly random: Random;
  /** Lets others work, and throws once the run is aborted. */
  readonly pause: () => Promise<void>;
}

/** Decisions on rows that were not learned from. */
export interface Decided {
  readonly decided: Int32Array;
  /** C of svm, l2 of softmax. */
  readonly strength: number;
}

/** Training and tested rows as classifiers take them: normalised, and no longer than they have to be. */
export const prepared = (sides: Sides, normalise: Normalisation): Sides => inTheirSpan(normalised(sides, normalise));

/** Trains a classifier on prepared rows and decides on others. @throws FeaturescopeError when a feature is not finite */
export async function fitAndDecide(
  name: ClassifierName,
  { training, tested }: Sides,
  labels: readonly number[],
  settings: FitSettings,
): Promise<Decided> {
  const decideAt: Decide = (rows, known, others, price) =>
    decide(linearScores(trained(name, rows, known, strengthOf(name, price, rowCount(rows)), settings), others));
  const given = name === 'svm' ? settings.c : settings.l2;
  const strength =
    given ?? strengthOf(name, await chosenStrength({ rows: training, labels }, decideAt, settings.pause), rowCount(training));
  await settings.pause();
  return { decided: decide(linearScores(trained(name, training, labels, strength, settings), tested)), strength };
}

const strengthOf = (name: ClassifierName, price: number, samples: number): number => (name === 'svm' ? price : 1 / (price * samples));

function trained(name: ClassifierName, rows: Rows, labels: readonly number[], strength: number, settings: FitSettings): LinearClassifier {
  const { classes, random } = settings;
  switch (name) {
    case 'svm':
      return trainLinearSvm(rows, labels, classes, linearSvmOptions.parse({ ...SVM, c: strength }), random.fork(`svm/${strength}`));
    case 'softmax':
      return trainSoftmaxRegression(rows, labels, classes, softmaxRegressionOptions.parse({ ...SOFTMAX, l2: strength }));
  }
}
