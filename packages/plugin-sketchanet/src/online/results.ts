import type { Artifact, Model } from '@featurescope/core';
import { type Course, topAt } from './course.js';
import type { OnlineAccuracy } from './evaluate.js';
import { framesOf } from './frames.js';
import type { OnlineOptions } from './options.js';
import { accuracyPlot, coursePlot } from './plots.js';
import type { Setting } from './setting.js';
import type { Study } from './study.js';

/** What the share of a drawing is a share of. */
const shareOf = ({ steps }: Pick<Setting, 'steps'>): string =>
  steps === 'strokes' ? 'share of the strokes drawn' : 'share of the line drawn';

/** Models in words, by the names that tables have. */
export function titlesOf({ ensemble, plain }: Setting): ReadonlyMap<string, string> {
  const { members } = ensemble;
  return new Map([
    ['network', members[plain]?.name ?? 'network'],
    ['ensemble', `mean of ${members.length} networks`],
    ['gru', 'GRU'],
    ['lstm', 'LSTM'],
  ]);
}

const inWords = (setting: Setting): string => {
  const members = setting.ensemble.members.map(({ name }: Model) => name);
  const used = setting.features.map((member) => members[member]).join(', ');
  return `network: ${members[setting.plain]}; ensemble: mean of the probabilities of ${members.join(', ')}; gru, lstm: on features of ${used}`;
};

/** How well unfinished drawings are recognised. */
export function* studyArtifacts(setting: Setting, { accuracies, sides }: Study): Generator<Artifact> {
  const description = `accuracy on ${sides.heldOut.examples.length} drawings held out, with intervals of 95 %, where a share of each is there (${shareOf(setting)}); ${sides.training.examples.length} others to learn from. ${inWords(setting)}`;
  yield {
    kind: 'table',
    name: 'online',
    columns: ['model', 'fraction', 'accuracy', 'n', 'low', 'high'],
    rows: accuracies.map(({ model, fraction, accuracy, n, low, high }: OnlineAccuracy) => [model, fraction, accuracy, n, low, high]),
    description,
  };
  yield { kind: 'plot', name: 'online', plot: accuracyPlot(accuracies, shareOf(setting)), description };
}

/** The course of one drawing as an animation and as lines. */
export function* courseArtifacts(setting: Setting, course: Course, { frameDelay, animation }: OnlineOptions): Generator<Artifact> {
  const titles = titlesOf(setting);
  const models = course.decisions.map(({ model }) => model);
  const animated = shownModels(models);
  yield {
    kind: 'animation',
    name: 'course',
    input: course.name,
    frames: framesOf(course, new Map([...titles].filter(([model]) => animated.includes(model))), frameDelay),
    delay: frameDelay,
    format: animation,
    description: `the drawing while it grows, what is new in red, and the most likely classes of ${animated.join(' and ')}`,
  };
  for (const model of models)
    yield {
      kind: 'plot',
      name: `course-${model}`,
      input: course.name,
      plot: coursePlot(course, model, titles.get(model) ?? model, shareOf(setting)),
      description: 'probabilities of the classes that lead at some time',
    };
}

/** Two models at most are animated: of the plain network and the ensemble the latter, and of recurrent ones the first. */
export const shownModels = (models: readonly string[]): readonly string[] => [
  ...models.filter((model) => model === (models.includes('ensemble') ? 'ensemble' : 'network')),
  ...models.filter((model) => model === 'gru' || model === 'lstm').slice(0, 1),
];

/** The most likely classes of every drawing, model and step. */
export const courseTable = (courses: readonly CourseRows[]): Artifact => ({
  kind: 'table',
  name: 'course',
  columns: ['drawing', 'model', 'step', 'fraction', 'class', 'probability'],
  rows: courses.flat(),
  description: 'the five most likely classes after each step of each drawing',
});

export type CourseRows = readonly (readonly (string | number)[])[];

export const courseRows = ({ name, classes, steps, decisions }: Course): CourseRows =>
  decisions.flatMap((decision) =>
    steps.flatMap(({ fraction }, step) =>
      topAt(decision, step).map(({ class: index, probability }) => [
        name,
        decision.model,
        step + 1,
        fraction,
        classes[index] ?? String(index),
        probability,
      ]),
    ),
  );
