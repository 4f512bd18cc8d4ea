import type { Artifact } from '@featurescope/core';
import { validationCurves, variantCurves } from './curves.js';
import { slugsOf } from './naming.js';
import type { AblationOptions } from './options.js';
import { changesPlot, errorsPlot } from './plots.js';
import { trainedOf } from './results.js';
import { filterSheet } from './sheets.js';
import type { Study } from './study.js';
import { ablationTable, filtersTable, historyTable, summaryTable } from './tables.js';

/** Everything that a finished study shows. */
export function* studyArtifacts({ results, training, validation, classes }: Study, options: AblationOptions): Generator<Artifact> {
  const { seeds, epochs, size } = options;
  const description = `${training} pictures of ${classes.length} classes to learn from and ${validation} others at ${size}×${size} pixels, ${epochs} epochs, ${seeds.length} seed${seeds.length > 1 ? 's' : ''}`;
  yield ablationTable(results);
  yield summaryTable(results);
  yield historyTable(results);
  yield { kind: 'plot', name: 'ablation', plot: errorsPlot(results, description), description };
  const changes = changesPlot(results, description);
  if (changes) yield { kind: 'plot', name: 'changes', plot: changes, description };
  yield { kind: 'plot', name: 'curves', plot: validationCurves(results), description };
  const filters = filtersTable(results, options);
  if (filters.rows.length > 0) yield filters;
  const slugs = slugsOf(results.map(({ variant }) => variant.name));
  for (const [v, one] of results.entries()) {
    const [first] = trainedOf(one);
    if (!first) continue;
    const { name } = one.variant;
    yield { kind: 'plot', name: `curves-${slugs[v]}`, plot: variantCurves(one), description: `errors of ${name} over the epochs` };
    if (!first.result.first) continue;
    yield {
      kind: 'image',
      name: `filters-${slugs[v]}`,
      layer: first.result.first.layer,
      image: filterSheet(first.result.first, options),
      description: `first-layer filters of ${name}, seed ${first.seed}; dead ones are framed in red, aliased ones in yellow`,
    };
  }
}
