import { type Artifact, type LayerName, linePlot } from '@featurescope/core';
import type { CheckpointAxis } from './axis.js';
import { changesOf, settledAt, shares, type UnitHistory } from './history.js';

type Holds = Parameters<typeof shares>[1];

/** The share of units whose strongest stimulus stays from a checkpoint on: lower layers settle earlier (Zeiler & Fergus 2014, section 4.1). */
export const settledPlot = (layers: readonly LayerName[], histories: readonly UnitHistory[], axis: CheckpointAxis): Artifact =>
  sharePlot(
    'settled',
    'units whose strongest picture stays from then on',
    layers,
    histories,
    axis,
    (winners, i) => settledAt(winners) <= i,
  );

/** The share of units whose strongest stimulus is another than at the checkpoint before. */
export const changedPlot = (layers: readonly LayerName[], histories: readonly UnitHistory[], axis: CheckpointAxis): Artifact =>
  sharePlot(
    'changed',
    'units whose strongest picture is another than before',
    layers,
    histories,
    axis,
    (winners, i) => changesOf(winners)[i] ?? false,
    // There is none before the first one.
    1,
  );

function sharePlot(
  name: string,
  what: string,
  layers: readonly LayerName[],
  histories: readonly UnitHistory[],
  { label, numbers }: CheckpointAxis,
  holds: Holds,
  first = 0,
): Artifact {
  const series = layers.map((layer) => {
    const all = shares(
      histories.filter((history) => history.layer === layer),
      holds,
    );
    return { name: layer, points: all.map((share, i) => [numbers[i] ?? i + 1, share] as const).slice(first) };
  });
  const description = `share of the ${what}, among those that fire at the last checkpoint`;
  const plot = linePlot({ title: `Share of ${what}`, xLabel: label, yLabel: 'share of units', fromZero: true, series });
  return { kind: 'plot', name, plot, description };
}
