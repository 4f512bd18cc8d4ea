import type { Artifact } from '@featurescope/core';
import type { CensusOptions } from './census.js';
import { changeMean, ERRORS, errorMean, filterCounts, trainedOf } from './results.js';
import type { Mean } from './statistics.js';
import type { VariantResults } from './study.js';

type Table = Extract<Artifact, { kind: 'table' }>;

/** To four decimals; empty where there is no number. */
const cell = (value: number | undefined): number | string => (value === undefined ? '' : Math.round(1e4 * value) / 1e4);

const meanCells = (mean: Mean | undefined): readonly (number | string)[] => [cell(mean?.mean), cell(mean?.half)];

/** Errors of every variant with every seed so far; empty where a training did not come to an end. */
export const ablationTable = (results: readonly VariantResults[]): Table => ({
  kind: 'table',
  name: 'ablation',
  columns: ['variant', 'seed', ...ERRORS, 'parameters'],
  rows: results.flatMap(({ variant: { name, parameters }, bySeed }) =>
    bySeed.map(({ seed, result }) => [
      name,
      seed,
      ...ERRORS.map((error) => cell(result.kind === 'trained' ? result[error] : undefined)),
      parameters,
    ]),
  ),
  description: 'errors in percent of each variant with each seed, on undistorted pictures and without dropout',
});

/** Means over seeds with 95 % intervals, changes against the base and published errors. */
export const summaryTable = (results: readonly VariantResults[]): Table => ({
  kind: 'table',
  name: 'summary',
  columns: [
    'variant',
    'parameters',
    'seeds',
    ...ERRORS.flatMap((error) => [error, `${error}Interval`]),
    'validationTop1Change',
    'validationTop1ChangeInterval',
    ...ERRORS.map((error) => `published${error[0]?.toUpperCase()}${error.slice(1)}`),
  ],
  rows: results.map((one) => [
    one.variant.name,
    one.variant.parameters,
    trainedOf(one).length,
    ...ERRORS.flatMap((error) => meanCells(errorMean(one, error))),
    ...meanCells(changeMean(one, results, 'validationTop1')),
    ...ERRORS.map((error) => cell(one.variant.published?.[error])),
  ]),
  description:
    'mean errors in percent over the seeds with half of their 95 % interval (Student’s t), the change of the validation error against the base seed by seed, and errors published for ImageNet',
});

/** Dead and aliased filters of the first convolution of every trained network. */
export const filtersTable = (results: readonly VariantResults[], options: CensusOptions): Table => ({
  kind: 'table',
  name: 'filters',
  columns: ['variant', 'seed', 'layer', 'filters', 'dead', 'silent', 'vanishing', 'aliased', 'highFrequency'],
  rows: results.flatMap((one) =>
    trainedOf(one).flatMap(({ seed, result }) => {
      const counts = filterCounts(result, options);
      if (!counts) return [];
      const { layer, filters, dead, silent, vanishing, aliased, highFrequency } = counts;
      return [[one.variant.name, seed, layer, filters, dead, silent, vanishing, aliased, cell(highFrequency) ?? '']];
    }),
  ),
  description: `filters of the first convolution: dead are those that are never active on the validation pictures (silent) or have less than ${options.deadBelow} of the largest norm (vanishing); aliased are others with more than ${options.aliasedAbove} of their energy above half the Nyquist frequency; highFrequency is the mean of that share over filters that are not dead`,
});

/** What is known of every training after each epoch. */
export const historyTable = (results: readonly VariantResults[]): Table => ({
  kind: 'table',
  name: 'history',
  columns: ['variant', 'seed', 'epoch', 'learningRate', 'loss', 'trainTop1', 'validationLoss', 'validationTop1', 'validationTop5'],
  rows: results.flatMap((one) =>
    trainedOf(one).flatMap(({ seed, result }) =>
      result.history.map((row) => [
        one.variant.name,
        seed,
        row.epoch,
        row.learningRate,
        row.loss,
        row.trainTop1,
        row.validationLoss,
        row.validationTop1,
        row.validationTop5,
      ]),
    ),
  ),
  description:
    'after each epoch: errors in percent; loss and trainTop1 are those of distorted pictures under dropout, while the weights change',
});
