import type { PlotSpec } from '@featurescope/core';
import { SCRATCH } from './outcome.js';
import type { Plan } from './plan.js';
import type { Summary } from './results.js';

/** From shallow to deep: dark to bright, so that the depth of a line is seen. */
const DEPTHS = ['#440154', '#3b528b', '#21918c', '#5ec962', '#d8b70a', '#e6842a', '#d1495b', '#e58ac9'];
const SCRATCH_COLOUR = '#222222';
const CLASSIFIER_COLOURS: Readonly<Record<string, string>> = { softmax: '#0072b2', svm: '#e69f00' };

const LABEL = { labelFontSize: 12, titleFontSize: 12 };
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
const CONFIG = { axis: { grid: true, gridOpacity: 0.4, ...LABEL }, legend: { labelFontSize: 12, symbolOpacity: 1, labelLimit: 240 } };

interface Point extends Summary {
  readonly low: number;
  readonly high: number;
}

const pointOf = (row: Summary): Point => ({
  ...row,
  low: Math.max(0, row.mean - (row.deviation ?? 0)),
  high: Math.min(100, row.mean + (row.deviation ?? 0)),
});

const chanceOf = ({ classes }: Plan): number => 100 / classes.length;

const subtitleOf = (about: readonly string[], rows: readonly Summary[]): readonly string[] =>
  rows.some(({ deviation }) => deviation !== undefined) ? [...about, 'bars: standard deviation over folds'] : about;

const accuracyAxis = { type: 'quantitative', title: 'mean accuracy of the classes, %', scale: { zero: true, nice: true } };

/** Accuracy over the number of training pictures: a panel for each classifier, a line for each layer, from scratch dashed in each, chance dotted. */
export function curvePlot(title: string, about: readonly string[], rows: readonly Summary[], plan: Plan): PlotSpec {
  const layers = plan.sources.map(({ name }) => name);
  const scratch = rows.filter(({ features }) => features === SCRATCH);
  const names = scratch.length > 0 ? [...layers, SCRATCH] : layers;
  const panels = [...new Set(rows.filter(({ features }) => features !== SCRATCH).map(({ classifier }) => classifier))];
  const values = panels.flatMap((panel) =>
    [...rows.filter(({ features, classifier }) => features !== SCRATCH && classifier === panel), ...scratch].map((row) => ({
      ...pointOf(row),
      // Beside each other, so that the bars of one line do not hide those of another.
      at: row.perClass * 1.02 ** (names.indexOf(row.features) - (names.length - 1) / 2),
      panel: `${panel} on features`,
    })),
  );
  const color = {
    field: 'features',
    type: 'nominal',
    title: 'features',
    sort: null,
    scale: { domain: names, range: names.map((name, i) => (name === SCRATCH ? SCRATCH_COLOUR : colourOf(i, layers.length))) },
  };
  const x = {
    field: 'at',
    type: 'quantitative',
    title: 'training pictures of each class',
    scale: { type: 'log', nice: false, padding: 12 },
    axis: { ...LABEL, values: [...plan.perClass], format: 'd', grid: false },
  };
  return {
    $schema: SCHEMA,
    title: { text: title, subtitle: subtitleOf(about, rows), anchor: 'start' },
    background: 'white',
    data: { values },
    facet: { column: { field: 'panel', type: 'nominal', title: null, sort: null, header: { labelFontSize: 13, labelFontWeight: 'bold' } } },
    spec: {
      width: panels.length > 1 ? 320 : 460,
      height: 320,
      layer: [
        chanceRule(chanceOf(plan)),
        {
          mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.75 },
          encoding: { x, y: { field: 'low', ...accuracyAxis }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'line', strokeWidth: 2.2 },
          encoding: {
            x,
            y: { field: 'mean', ...accuracyAxis },
            color,
            strokeDash: { condition: { test: `datum.features === '${SCRATCH}'`, value: [6, 4] }, value: [1, 0] },
          },
        },
        { mark: { type: 'point', filled: true, size: 45, opacity: 1 }, encoding: { x, y: { field: 'mean', ...accuracyAxis }, color } },
      ],
    },
    config: CONFIG,
  };
}

const colourOf = (i: number, count: number): string =>
  (count <= DEPTHS.length ? DEPTHS[i] : undefined) ?? `hsl(${Math.round(280 - (280 * i) / count)}, 70%, 42%)`;

const chanceRule = (chance: number) => ({
  data: { values: [{ chance, text: 'chance' }] },
  encoding: { y: { field: 'chance', ...accuracyAxis } },
  layer: [
    { mark: { type: 'rule', strokeDash: [2, 3], color: '#888888' } },
    {
      mark: { type: 'text', align: 'left', dx: 4, dy: 9, fontSize: 12, color: '#777777' },
      encoding: { x: { value: 0 }, text: { field: 'text' } },
    },
  ],
});

/** Accuracy over layers with the most training pictures: a line for each classifier, from scratch as a dashed line across, chance dotted. */
export function layerPlot(title: string, about: readonly string[], rows: readonly Summary[], plan: Plan): PlotSpec {
  const most = plan.perClass.at(-1) ?? 0;
  const shown = rows.filter(({ perClass }) => perClass === most);
  const values = shown.filter(({ features }) => features !== SCRATCH).map(pointOf);
  const scratch = shown.find(({ features }) => features === SCRATCH);
  const names = [...new Set(values.map(({ classifier }) => classifier))];
  const color = {
    field: 'classifier',
    type: 'nominal',
    title: null,
    sort: null,
    scale: { domain: names, range: names.map((name) => CLASSIFIER_COLOURS[name]) },
  };
  const x = { field: 'features', type: 'nominal', title: 'layer', sort: null, axis: { ...LABEL, labelAngle: -30, labelLimit: 160 } };
  const xOffset = names.length > 1 ? { xOffset: { field: 'classifier', scale: { paddingOuter: 0.9 } } } : {};
  return {
    $schema: SCHEMA,
    title: { text: title, subtitle: subtitleOf([...about, `${most} training pictures of each class`], shown), anchor: 'start' },
    width: Math.max(260, 70 * plan.sources.length),
    height: 300,
    background: 'white',
    data: { values },
    layer: [
      chanceRule(chanceOf(plan)),
      ...(scratch ? [scratchRule(pointOf(scratch))] : []),
      {
        mark: { type: 'rule', strokeWidth: 1.8 },
        encoding: { x, ...xOffset, y: { field: 'low', ...accuracyAxis }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { x, ...xOffset, y: { field: 'mean', ...accuracyAxis }, color },
      },
    ],
    config: CONFIG,
  };
}

const scratchRule = ({ mean, low, high }: Point) => ({
  data: { values: [{ mean, low, high, text: SCRATCH }] },
  layer: [
    {
      mark: { type: 'rect', color: SCRATCH_COLOUR, opacity: 0.08 },
      encoding: { y: { field: 'low', ...accuracyAxis }, y2: { field: 'high' } },
    },
    {
      mark: { type: 'rule', strokeDash: [6, 4], strokeWidth: 2, color: SCRATCH_COLOUR },
      encoding: { y: { field: 'mean', ...accuracyAxis } },
    },
    {
      mark: { type: 'text', align: 'left', dx: 4, dy: -8, fontSize: 12, color: SCRATCH_COLOUR },
      encoding: { y: { field: 'mean', ...accuracyAxis }, x: { value: 0 }, text: { field: 'text' } },
    },
  ],
});
