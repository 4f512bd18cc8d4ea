import { type Drawing, type Model, probabilities, type Rows, type RunContext } from '@featurescope/core';
import type { Ensemble } from '../ensemble/ensemble.js';
import { readDrawings } from '../ensemble/readings.js';
import { meanScores } from '../fusion/scores.js';
import { noSuchMember } from './errors.js';
import type { OnlineOptions, Steps } from './options.js';
import { unfinishedOf } from './unfinished.js';

/** How drawings are looked at. */
export interface Setting {
  readonly ensemble: Ensemble;
  readonly steps: Steps;
  /** Places of the networks whose features a recurrent network gets. */
  readonly features: readonly number[];
  /** Place of the plain network that is compared. */
  readonly plain: number;
}

/** @throws FeaturescopeError when there is no such network */
export function settingOf(ensemble: Ensemble, { steps, featuresOf }: Pick<OnlineOptions, 'steps' | 'featuresOf'>): Setting {
  if (featuresOf === 'all') return { ensemble, steps, features: [...ensemble.members.keys()], plain: 0 };
  if (featuresOf > ensemble.members.length) throw noSuchMember(featuresOf, ensemble.members.length);
  return { ensemble, steps, features: [featuresOf - 1], plain: featuresOf - 1 };
}

/** Class scores and features of drawings after each of their steps, one drawing after the other: [all steps, classes] and [all steps, units]. */
export const readSteps = (model: Model, drawings: readonly Drawing[], steps: Steps, signal: RunContext['signal']) =>
  readDrawings(
    model,
    drawings.flatMap((drawing) => unfinishedOf(drawing, steps).map((step) => step.drawing)),
    1,
    signal,
  );

/** Class probabilities of a model after each step, [steps, classes]. */
export interface Decision {
  readonly model: string;
  readonly probabilities: Rows;
}

/** Of the plain network and, where there are several, of all together by the mean of their probabilities. @param scores of each network */
export function networkDecisions({ plain }: Pick<Setting, 'plain'>, scores: readonly Rows[]): readonly Decision[] {
  const each = scores.map(probabilities);
  const own = each[plain];
  return [
    ...(own ? [{ model: 'network', probabilities: own }] : []),
    ...(each.length > 1 ? [{ model: 'ensemble', probabilities: meanScores(each) }] : []),
  ];
}
