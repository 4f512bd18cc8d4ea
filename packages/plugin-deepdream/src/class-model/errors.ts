import { FeaturescopeError } from '@featurescope/core';

/** Labels that fit into a message. */
const NAMED = 3;

const examples = (labels: readonly string[]): string =>
  labels
    .slice(0, NAMED)
    .map((label) => `"${label}"`)
    .join(', ');

export const classNeeded = (start: string, classes: number, labels: readonly string[] | undefined) =>
  new FeaturescopeError(
    'dream/class-needed',
    `class-model: --start ${start} shows nothing of any class, so one has to be named; use --class with an index from 0 to ${classes - 1}` +
      `${labels ? ` or a label, such as ${examples(labels)}` : ''} (--start input takes the most probable class of each input)`,
  );

export const noGradient = (name: string, score: string, value: number) =>
  new FeaturescopeError(
    'dream/class-gradient',
    `class-model: the start gives ${name} a score of ${Number(value.toPrecision(3))}, and no change of a pixel changes --score ${score}, so there is no way up; ` +
      `use ${score === 'positive-squared' && value <= 0 ? '--score logit, which has a gradient where the score is not positive' : 'another --start, such as uniform, or another --seed'}`,
  );
