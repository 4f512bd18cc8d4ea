import { type ArtifactSubject, linePlot, type Model, type VisualizerEvent } from '@featurescope/core';
import type { Moment } from './history.js';
import { softmax, topClasses } from './softmax.js';

type About = Omit<ArtifactSubject, 'name'>;

/** Classes of each picture that go into the table. */
const TOP = 5;

/** A class in words: the first name of its label, and its index. */
export const classLabel = ({ labels }: Pick<Model, 'labels'>, k: number): string => {
  const label = labels?.[k];
  return label ? `${label.split(/\s*,\s*/)[0]} (${k})` : `class ${k}`;
};

/** The five most probable classes of each picture, by the number of steps behind it. */
export const topTable = ({ labels }: Pick<Model, 'labels'>, moments: readonly Moment[], about: About): VisualizerEvent => ({
  type: 'artifact',
  artifact: {
    ...about,
    kind: 'table',
    name: 'top-5',
    columns: ['iteration', 'rank', 'class', 'label', 'probability'],
    rows: moments.flatMap(({ iteration, scores }) =>
      topClasses(scores, TOP).map(({ class: k, probability }, i) => [iteration, i + 1, k, labels?.[k] ?? '', probability]),
    ),
  },
});

/** Probabilities of the class followed, and of those among the first five at the end or the start, against iterations. */
export function probabilityPlot(model: Pick<Model, 'labels'>, followed: number, moments: readonly Moment[], about: About): VisualizerEvent {
  const ends = [moments.at(-1), moments[0]].flatMap((moment) => (moment ? topClasses(moment.scores, TOP) : []));
  const classes = [...new Set([followed, ...ends.map(({ class: k }) => k)])];
  const probabilities = moments.map(({ iteration, scores }) => ({ iteration, values: softmax(scores) }));
  return {
    type: 'artifact',
    artifact: {
      ...about,
      kind: 'plot',
      name: 'probabilities',
      plot: linePlot({
        title: `What the network takes the picture for on the way to ${classLabel(model, followed)}`,
        xLabel: 'iteration',
        yLabel: 'probability',
        fromZero: true,
        series: classes.map((k) => ({
          name: classLabel(model, k),
          points: probabilities.map(({ iteration, values }) => [iteration, values[k] ?? 0] as const),
        })),
      }),
    },
  };
}

/** The score of the class followed against iterations. */
export const logitPlot = (model: Pick<Model, 'labels'>, followed: number, moments: readonly Moment[], about: About): VisualizerEvent => ({
  type: 'artifact',
  artifact: {
    ...about,
    kind: 'plot',
    name: 'logit',
    plot: linePlot({
      title: `Score of ${classLabel(model, followed)}`,
      xLabel: 'iteration',
      yLabel: 'score before the softmax',
      series: [{ name: 'logit', points: moments.map(({ iteration, scores }) => [iteration, scores[followed] ?? 0] as const) }],
    }),
  },
});
