import type { Artifact } from '@featurescope/core';
import { confusionCounts, mixUps } from './confusion.js';
import { mistakeSheet } from './mistakes.js';
import { accuracyPlot, confusionPlot } from './plots.js';
import { accuracy, bestOf, noteOf, type Verdict } from './pooled.js';

/** What was found over all folds. */
export interface Comparison {
  readonly members: readonly Verdict[];
  readonly fused: readonly Verdict[];
  readonly classes: readonly string[];
  /** What was compared on what, in words. */
  readonly about: string;
}

/** All results: numbers first. */
export function* artifactsOf(comparison: Comparison): Generator<Artifact> {
  const { members, fused, classes, about } = comparison;
  const all = [...members, ...fused];
  const intervals = `${about}; accuracy with 95 % intervals (Wilson)`;
  yield {
    kind: 'table',
    name: 'fusion',
    columns: ['method', 'accuracy', 'low', 'high', 'n', 'note'],
    rows: all.map((one) => {
      const { accuracy: share, low, high, n } = accuracy(one);
      return [one.name, share, low, high, n, noteOf(one)];
    }),
    description: `${intervals}: each network by itself, then fused`,
  };
  yield decisionTable(all, classes, about);
  const bars = [
    ...members.map((one) => ({ label: one.name, group: 'one network', ...accuracy(one) })),
    ...fused.map((one) => ({ label: one.name, group: 'fused', ...accuracy(one) })),
  ];
  yield { kind: 'plot', name: 'fusion', plot: accuracyPlot('Networks of drawings, alone and fused', about, bars), description: intervals };
  const best = bestOf(all);
  if (best) yield* bestArtifacts(best, classes, about);
}

/** Every decision, so that others can count anew. */
function decisionTable(all: readonly Verdict[], classes: readonly string[], about: string): Artifact {
  const [first] = all;
  return {
    kind: 'table',
    name: 'decisions',
    columns: ['drawing', 'fold', 'class', ...all.map(({ name }) => name)],
    rows: (first?.examples ?? []).map(({ id, label }, i) => [
      id,
      first?.folds[i] ?? 0,
      classes[label] ?? '',
      ...all.map(({ decided }) => classes[decided[i] ?? 0] ?? ''),
    ]),
    description: `${about}; what each drawing was taken for`,
  };
}

function* bestArtifacts(best: Verdict, classes: readonly string[], about: string): Generator<Artifact> {
  const counts = confusionCounts(best, classes.length);
  const what = `${about}; ${best.name}, the best here`;
  yield {
    kind: 'table',
    name: 'confusion',
    columns: ['class', ...classes],
    rows: counts.map((row, label) => [classes[label] ?? '', ...row]),
    description: `${what}: how many drawings of the class of a row were taken for that of a column`,
  };
  yield {
    kind: 'table',
    name: 'mix-ups',
    columns: ['class', 'taken-for', 'count'],
    rows: mixUps(counts).map(({ label, decided, count }) => [classes[label] ?? '', classes[decided] ?? '', count]),
    description: `${what}: which classes were taken for which others, the most frequent first`,
  };
  yield {
    kind: 'plot',
    name: 'confusion',
    plot: confusionPlot(`What drawings were taken for by ${best.name}`, classes, counts),
    description: `${what}: counts, coloured by the share of the drawings of a class`,
  };
  const image = mistakeSheet(best, classes);
  if (image) yield { kind: 'image', name: 'mistakes', image, description: `${what}: drawings that it did not recognise` };
}
