import type { PlotSpec } from '@featurescope/core';
import { baseOf, changeMean, ERRORS, type ErrorName, errorMean, publishedChange, trainedOf } from './results.js';
import type { Mean } from './statistics.js';
import type { VariantResults } from './study.js';

const TITLES: Readonly<Record<ErrorName, string>> = {
  trainTop1: 'training, top-1',
  validationTop1: 'validation, top-1',
  validationTop5: 'validation, top-5',
};

const KINDS = ['one seed', 'mean with 95 % interval', 'published, on ImageNet'] as const;
const COLOURS = ['#56b4e9', '#0a3d62', '#b2182b'];
const SHAPES = ['circle', 'M-0.25,-1h0.5v2h-0.5z', 'diamond'];
const LABEL = { labelFontSize: 12, titleFontSize: 12, labelLimit: 240 };

/** A point of one variant and error: a single seed, a mean with its interval, or a published number. */
interface Point {
  readonly variant: string;
  readonly error: string;
  readonly kind: (typeof KINDS)[number];
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** Errors of all variants: a dot for each seed, their mean with its interval, and a diamond for what was published. */
export const errorsPlot = (results: readonly VariantResults[], subtitle: string): PlotSpec =>
  dotPlot(
    'Errors of each variant',
    subtitle,
    'error in percent',
    results,
    points(results, [0, 100], (one, error) => ({
      seeds: trainedOf(one).map(({ result }) => result[error]),
      mean: errorMean(one, error),
      published: one.variant.published?.[error],
    })),
  );

/** Changes of the errors against the base, seed by seed, beside the published changes; undefined where nothing can be compared. */
export function changesPlot(results: readonly VariantResults[], subtitle: string): PlotSpec | undefined {
  const others = results.filter((one) => baseOf(one, results) !== undefined && baseOf(one, results) !== one);
  if (others.length === 0) return undefined;
  const found = points(others, [-100, 100], (one, error) => {
    const base = new Map(trainedOf(baseOf(one, results) ?? one).map(({ seed, result }) => [seed, result[error]]));
    return {
      seeds: trainedOf(one).flatMap(({ seed, result }) => (base.has(seed) ? [result[error] - (base.get(seed) ?? 0)] : [])),
      mean: changeMean(one, results, error),
      published: publishedChange(one, results, error),
    };
  });
  return dotPlot('Change of the errors against the base: to the right is worse', subtitle, 'percentage points', others, found, true);
}

interface Numbers {
  readonly seeds: readonly number[];
  readonly mean: Mean | undefined;
  readonly published: number | undefined;
}

/** Where intervals are cut off: with few seeds they may leave what an error can be. */
type Range = readonly [least: number, most: number];

const points = (
  results: readonly VariantResults[],
  range: Range,
  of: (one: VariantResults, error: ErrorName) => Numbers,
): readonly Point[] =>
  results.flatMap((one) =>
    ERRORS.flatMap((error): Point[] => {
      const { seeds, mean, published } = of(one, error);
      const [single, averaged, printed] = KINDS;
      const place = { variant: one.variant.name, error: TITLES[error] };
      return [
        ...(seeds.length > 1 ? seeds.map((value) => ({ ...place, kind: single, value })) : []),
        ...(mean ? [{ ...place, kind: averaged, value: mean.mean, ...intervalOf(mean, range) }] : []),
        ...(published === undefined ? [] : [{ ...place, kind: printed, value: published }]),
      ];
    }),
  );

const intervalOf = ({ mean, half }: Mean, [least, most]: Range) =>
  half === undefined ? {} : { low: Math.max(mean - half, least), high: Math.min(mean + half, most) };

function dotPlot(
  title: string,
  subtitle: string,
  xTitle: string,
  results: readonly VariantResults[],
  values: readonly Point[],
  zero = false,
): PlotSpec {
  const at0 = (value: unknown, otherwise: unknown) => ({ condition: { test: 'datum.value === 0', value }, value: otherwise });
  const zeroLine = { gridColor: at0('#555', '#ddd'), gridOpacity: at0(1, 0.4) };
  const x = {
    field: 'value',
    type: 'quantitative',
    title: xTitle,
    scale: { zero, nice: true },
    axis: zero ? { ...LABEL, ...zeroLine } : LABEL,
  };
  const kinds = KINDS.filter((kind) => values.some((point) => point.kind === kind));
  const colour = {
    field: 'kind',
    type: 'nominal',
    title: null,
    sort: null,
    scale: { domain: kinds, range: kinds.map((kind) => COLOURS[KINDS.indexOf(kind)]) },
    legend: { orient: 'bottom', labelFontSize: 12, labelLimit: 320, symbolOpacity: 1 },
  };
  const shape = { ...colour, scale: { domain: kinds, range: kinds.map((kind) => SHAPES[KINDS.indexOf(kind)]) } };
  const y = {
    field: 'variant',
    type: 'nominal',
    sort: results.map(({ variant }) => variant.name),
    title: null,
    axis: { ...LABEL, grid: true },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title, subtitle, anchor: 'start' },
    background: 'white',
    data: { values },
    facet: { column: { field: 'error', type: 'nominal', title: null, sort: Object.values(TITLES), header: { labelFontSize: 13 } } },
    spec: {
      width: 230,
      height: { step: 28 },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.low)' }],
          mark: { type: 'rule', strokeWidth: 1.5 },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color: colour },
        },
        {
          mark: { type: 'point', filled: true, opacity: 0.9 },
          encoding: { y, x, color: colour, shape, size: { condition: { test: `datum.kind === '${KINDS[1]}'`, value: 140 }, value: 55 } },
        },
      ],
    },
    resolve: { scale: { x: 'independent' } },
    config: { axis: { grid: true, gridOpacity: 0.4 } },
  };
}
