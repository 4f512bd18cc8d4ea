import type { Artifact } from '@featurescope/core';
import { accuracyPlot } from '../fusing/plots.js';
import { accuracy, noteOf } from '../fusing/pooled.js';
import type { Standing } from './standing.js';

const DATA = 'what was published is for the 250 classes of TU-Berlin (humans: 73.1 %), which are other data';

/** The table and its picture. */
export function* artifactsOf(standings: readonly Standing[], about: string): Generator<Artifact> {
  yield {
    kind: 'table',
    name: 'networks',
    columns: ['model', 'accuracy', 'low', 'high', 'n', 'published', 'folds', 'note'],
    rows: standings.map(({ verdict, published }) => {
      const { accuracy: share, low, high, n } = accuracy(verdict);
      const folds = [...new Set(verdict.folds)].sort((a, b) => a - b).join(' ');
      return [verdict.name, share, low, high, n, published ?? '', folds, noteOf(verdict)];
    }),
    description: `${about}; accuracy with 95 % intervals (Wilson); ${DATA}`,
  };
  const bars = standings.map(({ kind, verdict, published }) => ({
    label: verdict.name,
    group: kind,
    ...accuracy(verdict),
    ...(published !== undefined && { published }),
  }));
  const subtitle = [about, 'diamonds: published for the 250 classes of TU-Berlin, other data'];
  yield {
    kind: 'plot',
    name: 'networks',
    plot: accuracyPlot('Recognition of drawings', subtitle, bars),
    description: `${about}; diamonds: ${DATA}`,
  };
}
