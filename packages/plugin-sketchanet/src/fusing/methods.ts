import {
  decide,
  type LinearClassifier,
  linearScores,
  linearSvmOptions,
  type Random,
  type RunContext,
  softmaxRegressionOptions,
  trainLinearSvm,
  trainSoftmaxRegression,
} from '@featurescope/core';
import { concatenateFeatures, meanOfViews, meanScores, weightedScores } from '../fusion/scores.js';
import { crossFitted } from './cross-fit.js';
import { unitFeatures } from './features.js';
import { type FoldReadings, rowLabels, type Seen } from './fold.js';
import { type JointBayesianChoices, neighbourDecisions } from './joint-bayesian.js';
import type { FusionName } from './options.js';

/** The class of every held-out drawing of a fold, and what there is to say of how it was found. */
export interface Decisions {
  readonly decided: Int32Array;
  readonly note: string;
}

export interface FusionSettings {
  /** Left out: fitted. */
  readonly weights?: readonly number[] | undefined;
  readonly jointBayesian: JointBayesianChoices;
  /** Penalty of the softmax regression. Default: 1e-4. */
  readonly l2?: number | undefined;
  /** Price of a violated margin. Default: 1. */
  readonly c?: number | undefined;
  readonly random: Random;
  readonly signal: RunContext['signal'];
}

/** Whether a method learns from the features of the drawings that the networks learned from. */
export const needsGallery = (method: FusionName): boolean => method === 'softmax' || method === 'svm' || method === 'joint-bayesian';

/** Fuses the networks of a fold. @throws FeaturescopeError when given weights do not fit, or features do not vary within classes */
export async function fuse(method: FusionName, readings: FoldReadings, settings: FusionSettings): Promise<Decisions> {
  const { heldOut, gallery = { examples: [], views: 1, features: [] }, classes, probabilities } = readings;
  switch (method) {
    case 'mean':
      return { decided: decide(meanScores(probabilities)), note: '' };
    case 'weighted':
      return weighted(readings, settings.weights);
    case 'softmax': {
      const options = softmaxRegressionOptions.parse({ l2: settings.l2 ?? 1e-4 });
      return classified(gallery, heldOut, (rows, labels) => trainSoftmaxRegression(rows, labels, classes, options));
    }
    case 'svm': {
      const { c = 1 } = settings;
      const options = linearSvmOptions.parse({ c });
      const found = classified(gallery, heldOut, (rows, labels) => trainLinearSvm(rows, labels, classes, options, settings.random));
      return { ...found, note: [`C ${c}`, found.note].filter(Boolean).join(', ') };
    }
    case 'joint-bayesian':
      return neighbourDecisions(gallery, heldOut, classes, settings.jointBayesian, settings.signal);
  }
}

function weighted({ probabilities, heldOut }: FoldReadings, given: readonly number[] | undefined): Decisions {
  if (given) return { decided: decide(weightedScores(probabilities, given)), note: `weights ${shown(given)}` };
  const { scores, weights } = crossFitted(probabilities, heldOut.examples);
  return { decided: decide(scores), note: `weights ${shown(weights)} (cross-fitted)` };
}

const shown = (weights: ArrayLike<number>): string =>
  Array.from(weights)
    .map((weight) => weight.toFixed(2))
    .join(' ');

type Train = (rows: ReturnType<typeof concatenateFeatures>, labels: Int32Array) => LinearClassifier;

/** A linear classifier of all features together; the scores of a drawing's views are added up. */
function classified(gallery: Seen, heldOut: Seen, train: Train): Decisions {
  const known = concatenateFeatures(gallery.features);
  const prepared = unitFeatures(known);
  const classifier = train(prepared(known), rowLabels(gallery));
  const scores = linearScores(classifier, prepared(concatenateFeatures(heldOut.features)));
  return { decided: decide(meanOfViews(scores, heldOut.views)), note: classifier.converged ? '' : 'not converged' };
}
