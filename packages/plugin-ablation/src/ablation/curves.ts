import { linePlot, type PlotSeries, type PlotSpec } from '@featurescope/core';
import type { EpochRow } from './journal.js';
import { trainedOf } from './results.js';
import type { VariantResults } from './study.js';

/** Mean over the seeds after each epoch. */
function meanOver(results: VariantResults, value: (row: EpochRow) => number): PlotSeries['points'] {
  const histories = trainedOf(results).map(({ result }) => result.history);
  return (histories[0] ?? []).map(({ epoch }, i) => {
    const values = histories.map((history) => history[i]).flatMap((row) => (row ? [value(row)] : []));
    return [epoch, values.reduce((sum, one) => sum + one, 0) / values.length] as const;
  });
}

const axes = { xLabel: 'epoch', yLabel: 'error in percent, mean over the seeds' };

/** More colours than `linePlot` has: the rows of the paper are nine. */
const COLOURS = [
  '#000000',
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#d55e00',
  '#56b4e9',
  '#b8a800',
  '#6a3d9a',
  '#7f7f7f',
  '#b15928',
  '#7fc97f',
];

/** Validation errors of all variants over the epochs. */
export function validationCurves(results: readonly VariantResults[]): PlotSpec {
  const names = results.map(({ variant }) => variant.name);
  const spec = linePlot({
    title: 'Validation top-1 error while the variants learn',
    ...axes,
    series: results.map((one) => ({ name: one.variant.name, points: meanOver(one, (row) => row.validationTop1) })),
  });
  const { color, ...encoding } = spec['encoding'] as { readonly color: object };
  const scale = { domain: names, range: names.map((_, i) => COLOURS[i % COLOURS.length]) };
  return { ...spec, encoding: { ...encoding, color: { ...color, scale } } };
}

/** Errors of one variant over the epochs. */
export const variantCurves = (results: VariantResults): PlotSpec =>
  linePlot({
    title: `Errors of ${results.variant.name} while it learns`,
    ...axes,
    series: [
      { name: 'training, while learning, top-1', points: meanOver(results, (row) => row.trainTop1) },
      { name: 'validation, top-1', points: meanOver(results, (row) => row.validationTop1) },
      { name: 'validation, top-5', points: meanOver(results, (row) => row.validationTop5) },
    ],
  });
