import type { Artifact, Model } from '@featurescope/core';
import { fieldsOf, unitField } from './field.js';
import type { Ranking } from './tracking/ranking.js';

const COLUMNS = ['layer', 'unit', 'rank', 'input', 'y', 'x', 'value', 'top', 'left', 'bottom', 'right'] as const;

/**
 * The strongest activations of every unit, ranks from 1, with what of the picture the unit sees (half open, in input pixels, within the
 * picture). Units that are 0 everywhere have rows like all others: of the first pictures, at the first position.
 */
export function topTable(model: Model, ranking: Ranking): Artifact {
  const rows = ranking.layers.flatMap(({ layer, units }) => {
    const fieldAt = fieldsOf(model, layer);
    const lists = ranking.strongest(layer);
    return units.flatMap((unit, place) =>
      (lists[place] ?? []).map(({ name, at, value, size }, rank) => {
        const { top, left, bottom, right } = unitField(fieldAt(size), at, size).inside;
        return [layer, unit, rank + 1, name, at[0], at[1], value, top, left, bottom, right];
      }),
    );
  });
  return { kind: 'table', name: 'top', columns: COLUMNS, rows, description: `the ${ranking.top} strongest activations of each unit` };
}
