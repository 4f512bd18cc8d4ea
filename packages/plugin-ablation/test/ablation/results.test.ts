import { describe, expect, it } from 'vitest';
import { slugsOf } from '../../src/ablation/naming.js';
import { changesPlot, errorsPlot } from '../../src/ablation/plots.js';
import { ablationTable, summaryTable } from '../../src/ablation/tables.js';
import { results } from './results.js';

const summary = () => {
  const { columns, rows } = summaryTable(results);
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
};

describe('summaryTable', () => {
  it('has the mean over the seeds and half of the interval', () => {
    // 30, 32, 34: s = 2 and t(2) = 4.3027; 10, 10, 10 has no spread.
    expect(summary()[0]).toMatchObject({
      variant: 'base',
      seeds: 3,
      parameters: 100,
      trainTop1: 10,
      trainTop1Interval: 0,
      validationTop1: 32,
      validationTop1Interval: Math.round((1e4 * 4.3027 * 2) / Math.sqrt(3)) / 1e4,
      validationTop5: 4,
    });
  });

  it('has the change against the base, seed by seed', () => {
    expect(summary()[0]).toMatchObject({ validationTop1Change: '', validationTop1ChangeInterval: '' });
    // 36 − 30, 38 − 32, 40 − 34: the same with each seed.
    expect(summary()[1]).toMatchObject({ validationTop1: 38, validationTop1Change: 6, validationTop1ChangeInterval: 0 });
    // Seed 2 did not come to an end: 29 − 30 and 31 − 34.
    expect(summary()[2]).toMatchObject({ seeds: 2, validationTop1Change: -2, validationTop1ChangeInterval: 12.7062 });
    // Of another architecture, which has no base.
    expect(summary()[3]).toMatchObject({ validationTop1Change: '', seeds: 1, validationTop1Interval: '' });
  });

  it('has what was published, where it was', () => {
    expect(summary()[0]).toMatchObject({ publishedTrainTop1: 33.1, publishedValidationTop1: 38.4, publishedValidationTop5: 16.5 });
    expect(summary()[1]).toMatchObject({ publishedTrainTop1: '', publishedValidationTop1: '', publishedValidationTop5: '' });
  });
});

describe('ablationTable', () => {
  it('has a row for each training, with empty errors where one diverged', () => {
    expect(ablationTable(results).rows).toEqual([
      ['base', 1, 10, 30, 4, 100],
      ['base', 2, 10, 32, 4, 100],
      ['base', 3, 10, 34, 4, 100],
      ['-L7', 1, 20, 36, 5, 60],
      ['-L7', 2, 20, 38, 5, 60],
      ['-L7', 3, 20, 40, 5, 60],
      ['6,7=2048', 1, 12, 29, 3, 80],
      ['6,7=2048', 2, '', '', '', 80],
      ['6,7=2048', 3, 12, 31, 3, 80],
      ['alexnet/-L7', 1, 15, 33.3333, 6, 70],
    ]);
  });
});

interface Point {
  readonly variant: string;
  readonly error: string;
  readonly kind: string;
  readonly value: number;
  readonly low?: number;
}

const pointsOf = (plot: ReturnType<typeof changesPlot>): readonly Point[] =>
  (plot?.['data'] as { readonly values: readonly Point[] } | undefined)?.values ?? [];

describe('plots', () => {
  it('have a dot for each seed, a mean with its interval, and what was published', () => {
    const points = pointsOf(errorsPlot(results, 'about')).filter(({ error }) => error === 'validation, top-1');
    const of = (variant: string, kind: string) =>
      points.filter((point) => point.variant === variant && point.kind.startsWith(kind)).map(({ value }) => value);
    expect(of('base', 'one seed')).toEqual([30, 32, 34]);
    expect(of('base', 'mean')).toEqual([32]);
    expect(of('base', 'published')).toEqual([38.4]);
    expect(of('-L7', 'published')).toEqual([]);
    // A single seed is its own mean, and has no interval.
    expect(of('alexnet/-L7', 'one seed')).toEqual([]);
    expect(points.find(({ variant }) => variant === 'alexnet/-L7')).not.toHaveProperty('low');
  });

  it('have the published changes beside the measured ones', () => {
    const points = pointsOf(changesPlot(results, 'about')).filter(({ error }) => error === 'validation, top-1');
    expect(points.map(({ variant, kind, value }) => [variant, kind.split(' ')[0], Math.round(10 * value) / 10])).toEqual([
      ['-L7', 'one', 6],
      ['-L7', 'one', 6],
      ['-L7', 'one', 6],
      ['-L7', 'mean', 6],
      ['6,7=2048', 'one', -1],
      ['6,7=2048', 'one', -3],
      ['6,7=2048', 'mean', -2],
      ['6,7=2048', 'published,', 1.8],
    ]);
    expect(changesPlot(results.slice(0, 1), 'about')).toBeUndefined();
  });
});

describe('slugsOf', () => {
  it('makes names for artifacts, each once', () => {
    expect(slugsOf(['-L3,4', 'alexnet/-L7', '6,7=2048', 'maps 512-1024-512', '??', 'L3 4', 'l3,4'])).toEqual([
      'without-l3-4',
      'alexnet-without-l7',
      '6-7-2048',
      'maps-512-1024-512',
      'variant',
      'l3-4',
      'l3-4-number-7',
    ]);
  });
});
