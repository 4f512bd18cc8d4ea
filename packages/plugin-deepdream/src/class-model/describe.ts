import type { Model } from '@featurescope/core';
import type { Followed } from './follow.js';
import type { Moment } from './history.js';
import { type Positions, scoresAt } from './positions.js';
import { classLabel } from './results.js';
import { softmax, topClasses } from './softmax.js';

/** Probability from which a network counts as sure. */
const SURE = 0.5;

/** Percentages beyond these are not written out. */
const FAINTEST = 0.0001;

function percent(probability: number): string {
  if (probability < FAINTEST) return `under ${100 * FAINTEST} %`;
  return probability > 1 - FAINTEST ? `over ${100 * (1 - FAINTEST)} %` : `${(100 * probability).toPrecision(3)} %`;
}

const WHERE: Readonly<Record<Positions, string>> = {
  mean: 'of the mean over the map of scores',
  max: 'at the position of the map where the class is strongest',
  centre: 'at the middle of the map of scores',
};

/** Score and probability of the first and the last picture, and what to make of them. */
export function describeClassModel(
  { model, class: k, label, positions, start }: Followed,
  moments: readonly Moment[],
  input: string | undefined,
): string {
  const after = moments.at(-1);
  if (!after) return label;
  const before: Moment = { iteration: 0, scores: scoresAt(start, positions, k) };
  const [first, last] = [softmax(before.scores)[k] ?? 0, softmax(after.scores)[k] ?? 0];
  const score = ({ scores }: Moment): string => (scores[k] ?? 0).toFixed(2);
  const isMap = start.shape[0] * start.shape[1] > 1;
  const numbers = `${label} after ${after.iteration} iterations: logit ${score(after)} (${score(before)} at the start), probability ${percent(last)} (${percent(first)})`;
  return `${numbers}${isMap ? `, ${WHERE[positions]}` : ''}.${last < SURE ? '' : ` ${verdict(model, k, input, before)}`}`;
}

/** A network's certainty is no evidence of what a picture shows (Szegedy et al. 2013; Nguyen, Yosinski & Clune 2015). */
function verdict(model: Pick<Model, 'labels'>, k: number, input: string | undefined, before: Moment): string {
  const name = classLabel(model, k);
  const top = topClasses(before.scores, 1)[0]?.class ?? k;
  const people = 'people may see nothing of the sort in it';
  if (input === undefined)
    return `An adversarial example: the network is sure of ${name} in a picture that was made, not taken, and ${people}.`;
  if (top === k) return `The network took ${input} for ${name} from the start; what was added is what it looks for, and ${people}.`;
  return `An adversarial example: the network took ${input} for ${classLabel(model, top)} and is now sure of ${name}, though ${people}.`;
}
