import type { PlotSpec } from '@featurescope/core';
import type { Accuracy } from '../fusion/interval.js';

/** A line of the plot: an accuracy with its interval. */
export interface Bar extends Accuracy {
  readonly label: string;
  /** What bars of one colour have in common. */
  readonly group: string;
  /** Of other authors on other data, drawn as a tick. */
  readonly published?: number;
}

const COLOURS = ['#56b4e9', '#e69f00', '#009e73', '#cc79a7'];
/** Of the frame, in pixels. */
const WIDTH = 480;
const LABEL = { labelFontSize: 12, titleFontSize: 12, labelLimit: 320 };

/** Accuracies as bars with intervals, in the order given, and published ones as ticks. */
export function accuracyPlot(title: string, subtitle: string | readonly string[], bars: readonly Bar[]): PlotSpec {
  const groups = [...new Set(bars.map(({ group }) => group))];
  const values = bars.map((bar) => ({ ...bar, text: `${(100 * bar.accuracy).toFixed(1)} %` }));
  const y = { field: 'label', type: 'nominal', sort: null, title: null, axis: LABEL };
  const published = values.some((bar) => bar.published !== undefined);
  const scale = { domain: [0, 1] };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title, subtitle, anchor: 'start' },
    width: WIDTH,
    height: { step: 26 },
    background: 'white',
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.62 } },
        encoding: {
          x: { field: 'accuracy', type: 'quantitative', scale, title: 'accuracy with 95 % interval', axis: { ...LABEL, format: '.0%' } },
          color: {
            field: 'group',
            type: 'nominal',
            title: null,
            sort: null,
            scale: { domain: groups, range: groups.map((_, i) => COLOURS[i % COLOURS.length]) },
            legend: { orient: 'bottom', labelFontSize: 12, labelLimit: 320 },
          },
        },
      },
      { mark: { type: 'rule', strokeWidth: 1.5 }, encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
      ...(published ? [publishedTicks] : []),
      {
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 12 },
        // Beside the frame, where no tick is.
        encoding: { x: { value: WIDTH }, text: { field: 'text' } },
      },
    ],
    config: { axis: { grid: true, gridOpacity: 0.4 }, axisY: { grid: false } },
  };
}

const publishedTicks = {
  transform: [{ filter: 'isValid(datum.published)' }],
  mark: { type: 'point', shape: 'diamond', size: 70, filled: true, color: '#b2182b', stroke: 'white', strokeWidth: 0.8, opacity: 1 },
  encoding: { x: { field: 'published', type: 'quantitative' } },
};

/** Side of a cell of the confusion matrix in pixels. */
const CELL = 19;

/** Counts of right and decided classes as a matrix, coloured by the share of the right class. */
export function confusionPlot(title: string, classes: readonly string[], counts: readonly Int32Array[]): PlotSpec {
  const values = counts.flatMap((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return Array.from(row, (count, decided) => ({
      drawn: classes[label] ?? '',
      decided: classes[decided] ?? '',
      share: total > 0 ? count / total : 0,
      text: count > 0 ? String(count) : '',
    }));
  });
  const axis = { ...LABEL, labelOverlap: false, domain: false, ticks: false };
  const place = (field: string, name: string, more: object) => ({
    field,
    type: 'nominal',
    sort: [...classes],
    title: name,
    axis: { ...axis, ...more },
    scale: { paddingInner: 0.04 },
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title, anchor: 'start' },
    width: { step: CELL },
    height: { step: CELL },
    background: 'white',
    data: { values },
    encoding: {
      x: place('decided', 'taken for', { labelAngle: -90, orient: 'top' }),
      y: place('drawn', 'drawing of', {}),
    },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          color: {
            field: 'share',
            type: 'quantitative',
            title: 'share of the drawings of a class',
            scale: { domain: [0, 1], range: ['#f4f6fa', '#9ecae1', '#084594'] },
            legend: { orient: 'bottom', format: '.0%', gradientLength: 240, titleLimit: 320 },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 9 },
        encoding: {
          text: { field: 'text' },
          color: { condition: { test: 'datum.share > 0.6', value: 'white' }, value: '#222' },
        },
      },
    ],
    config: { view: { stroke: null } },
  };
}
