import { type Drawing, type RunContext, rowCount, rowOf, strongest } from '@featurescope/core';
import type { Readings } from '../ensemble/readings.js';
import { concatenateFeatures } from '../fusion/scores.js';
import { predictSteps, type RecurrentNetwork } from '../recurrent/network.js';
import { type Decision, networkDecisions, readSteps, type Setting } from './setting.js';
import { type Unfinished, unfinishedOf } from './unfinished.js';

/** What models make of one drawing while it grows. */
export interface Course {
  readonly name: string;
  readonly drawing: Drawing;
  readonly classes: readonly string[];
  readonly steps: readonly Unfinished[];
  readonly decisions: readonly Decision[];
}

/** Classes that are followed. */
export const TOP = 5;

/** Shows a drawing to all networks after each of its steps; tells after each network. */
export async function* courseOf(
  { signal }: Pick<RunContext, 'signal'>,
  setting: Setting,
  recurrent: readonly RecurrentNetwork[],
  name: string,
  drawing: Drawing,
): AsyncGenerator<number, Course> {
  const { ensemble, steps } = setting;
  const readings: Readings[] = [];
  for (const member of ensemble.members) {
    signal.throwIfAborted();
    readings.push(await readSteps(member, [drawing], steps, signal));
    yield readings.length;
  }
  const features = concatenateFeatures(setting.features.flatMap((member) => readings[member]?.features ?? []));
  return {
    name,
    drawing,
    classes: ensemble.classes,
    steps: unfinishedOf(drawing, steps),
    decisions: [
      ...networkDecisions(
        setting,
        readings.map(({ scores }) => scores),
      ),
      ...recurrent.flatMap((network) => predictSteps(network, [features]).map((probabilities) => ({ model: network.cell, probabilities }))),
    ],
  };
}

export interface Candidate {
  readonly class: number;
  readonly probability: number;
}

/** The most likely classes after a step, from 0; equals in their order. */
export const topAt = ({ probabilities }: Decision, step: number, count = TOP): readonly Candidate[] =>
  Array.from(rowOf(probabilities, step), (probability, index): Candidate => ({ class: index, probability }))
    .sort((a, b) => b.probability - a.probability || a.class - b.class)
    .slice(0, count);

/** Leading classes that have a colour. */
const LEADING = 6;

/** Classes that are the strongest of a model at some step, those of the last steps first; at most so many. */
export function leadingClasses(decisions: readonly Decision[], count = LEADING): readonly number[] {
  const found = new Set<number>();
  const last = decisions[0] ? rowCount(decisions[0].probabilities) - 1 : -1;
  for (let step = last; step >= 0; step--) for (const { probabilities } of decisions) found.add(strongest(rowOf(probabilities, step)));
  return [...found].slice(0, count);
}
