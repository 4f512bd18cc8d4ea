import type { Artifact, LayerName } from '@featurescope/core';
import { axisOf, type CheckpointAxis } from './axis.js';
import type { Course, Seen } from './course.js';
import { evolutionGrid } from './grid.js';
import { changesOf, fires, historiesOf, type UnitHistory } from './history.js';
import type { EvolutionOptions } from './options.js';
import { changedPlot, settledPlot } from './plots.js';
import { evolutionTable, settledTable } from './tables.js';
import { projectionTensors } from './tensors.js';

/** All results of the checkpoints seen so far. */
export function* artifactsOf(course: Course, { tensors }: Pick<EvolutionOptions, 'tensors'>): Generator<Artifact> {
  const { seen, followed = [], drawn = [] } = course;
  const names = uniqueNames(seen);
  const histories = historiesOf(
    followed,
    seen.map(({ ranking }) => ranking),
  );
  const axis = axisOf(names);
  yield evolutionTable(histories, names);
  yield settledTable(histories, names);
  const layers = followed.map(({ layer }) => layer);
  yield settledPlot(layers, histories, axis);
  yield changedPlot(layers, histories, axis);
  for (const { layer, units } of drawn) {
    const all = histories.filter((history) => history.layer === layer);
    const shown = units.flatMap((unit) => all.find((history) => history.unit === unit) ?? []);
    if (shown.length > 0) yield gridArtifact(layer, shown, all.length, seen, axis);
    if (tensors) for (const { unit } of shown) yield* projectionTensors(layer, unit, units.indexOf(unit), seen, names);
  }
}

/** Names of checkpoints; of files of the same name their paths. */
function uniqueNames(seen: readonly Seen[]): readonly string[] {
  const names = seen.map(({ name }) => name);
  return new Set(names).size === names.length ? names : seen.map(({ source }) => source);
}

function gridArtifact(
  layer: LayerName,
  shown: readonly UnitHistory[],
  units: number,
  seen: readonly Seen[],
  { heads }: CheckpointAxis,
): Artifact {
  const rows = shown.map(({ unit, winners }, place) => ({
    unit,
    cells: seen.map(({ cells }, i) => (fires(winners[i]) ? cells.get(layer)?.[place] : undefined)),
    changed: changesOf(winners),
  }));
  const share = shown.length < units ? `${shown.length} of ${units} units` : `${units} units`;
  return {
    kind: 'image',
    name: 'grid',
    layer,
    image: evolutionGrid(heads, rows),
    description: `${share} of ${layer} at ${seen.length} checkpoints: projections of the strongest activations, each stretched by itself, beside the patches they are of; orange: another picture than before`,
  };
}
