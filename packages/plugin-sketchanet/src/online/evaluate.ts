import type { Accuracy } from '../fusion/interval.js';
import { concatenateFeatures } from '../fusion/scores.js';
import { accuracyByCompletion } from '../recurrent/completion.js';
import type { RecurrentNetwork } from '../recurrent/network.js';
import { gathered, perDrawing } from './gather.js';
import type { Journal } from './journal.js';
import { type Decision, networkDecisions, type Setting } from './setting.js';
import type { Sides } from './sides.js';
import { predictAll } from './train.js';

/** Shares of a drawing at which models are compared. */
export const FRACTIONS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** Accuracy of a model when a share of each drawing is there, with an interval of 95 %. */
export interface OnlineAccuracy extends Accuracy {
  readonly model: string;
  readonly fraction: number;
}

/** Accuracy of all models on the drawings that were held out. */
export function evaluate(
  setting: Setting,
  { heldOut }: Pick<Sides, 'heldOut'>,
  journal: Journal,
  recurrent: readonly RecurrentNetwork[],
): readonly OnlineAccuracy[] {
  const { members } = setting.ensemble;
  const scores = members.map((_, member) => gathered(setting, journal, 'heldOut', member, 'scores'));
  const features =
    recurrent.length === 0
      ? []
      : perDrawing(
          concatenateFeatures(setting.features.map((member) => gathered(setting, journal, 'heldOut', member, 'features'))),
          heldOut,
        );
  const decisions: readonly Decision[] = [
    ...networkDecisions(setting, scores),
    ...recurrent.map((network) => ({ model: network.cell, probabilities: predictAll(network, features) })),
  ];
  const labels = heldOut.examples.map(({ label }) => label);
  return decisions.flatMap(({ model, probabilities }) =>
    accuracyByCompletion(perDrawing(probabilities, heldOut), labels, FRACTIONS).map((accuracy) => ({ model, ...accuracy })),
  );
}
