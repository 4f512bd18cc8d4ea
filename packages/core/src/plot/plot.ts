import type { PlotSpec } from '../visualizer/artifact.js';

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** Colours that differ in lightness as well as in hue, readable on light and dark ground (after Okabe & Ito). */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#7f7f7f', '#b8a800'];

const WIDTH = 480;
const HEIGHT = 280;

/** Texts and scales of a plot with two axes. */
export interface PlotOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Logarithmic axes leave out values that are not positive. */
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Whether the vertical axis begins at 0. Default: as the data fall. */
  readonly fromZero?: boolean;
}

/** Points of one colour. */
export interface PlotSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface SeriesPlotOptions extends PlotOptions {
  readonly series: readonly PlotSeries[];
}

/** Series over a number such as the iteration, as lines; values that are not finite are gaps. */
export const linePlot = (options: SeriesPlotOptions): PlotSpec =>
  seriesPlot(options, { type: 'line', point: options.series.every(({ points }) => points.length <= 30), clip: true });

/** Pairs of numbers as points. */
export const scatterPlot = (options: SeriesPlotOptions): PlotSpec => seriesPlot(options, { type: 'point', filled: true, opacity: 0.7 });

function seriesPlot(options: SeriesPlotOptions, mark: object): PlotSpec {
  const { series, logX = false, logY = false } = options;
  const shown = (value: number, log: boolean): number | null => (Number.isFinite(value) && (!log || value > 0) ? value : null);
  const values = series.flatMap(({ name, points }) => points.map(([x, y]) => ({ x: shown(x, logX), y: shown(y, logY), series: name })));
  return {
    ...frame(options.title),
    data: { values },
    mark,
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: options.xLabel,
        scale: { ...scaleType(logX), zero: false, nice: false },
        // Between whole numbers, such as epochs, there is nothing to mark.
        ...(series.every(({ points }) => points.every(([x]) => Number.isInteger(x))) && { axis: { tickMinStep: 1 } }),
      },
      y: { field: 'y', type: 'quantitative', title: options.yLabel, scale: { ...scaleType(logY), zero: options.fromZero ?? false } },
      color: {
        field: 'series',
        type: 'nominal',
        title: null,
        sort: null,
        scale: { domain: series.map(({ name }) => name), range: series.map((_, i) => COLOURS[i % COLOURS.length]) },
        ...(series.length > 1 ? {} : { legend: null }),
      },
    },
  };
}

/** Numbers by name, as horizontal bars in the order given. */
export function barPlot(options: PlotOptions & { readonly bars: readonly { readonly label: string; readonly value: number }[] }): PlotSpec {
  const values = options.bars.map(({ label, value }) => ({ label, value: Number.isFinite(value) ? value : null }));
  return {
    ...frame(options.title),
    height: { step: 20 },
    data: { values },
    mark: { type: 'bar', color: COLOURS[0] },
    encoding: {
      y: { field: 'label', type: 'nominal', title: options.yLabel, sort: null, axis: { labelLimit: 240 } },
      x: { field: 'value', type: 'quantitative', title: options.xLabel, scale: scaleType(options.logX ?? false) },
    },
  };
}

const frame = (title: string) => ({
  $schema: SCHEMA,
  title: { text: title, anchor: 'start' },
  width: WIDTH,
  height: HEIGHT,
  background: 'white',
  config: { axis: { grid: true, gridOpacity: 0.4, labelFontSize: 12, titleFontSize: 12 }, legend: { labelFontSize: 12, labelLimit: 320 } },
});

const scaleType = (log: boolean) => (log ? { type: 'log' } : {});
