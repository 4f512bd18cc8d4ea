import { type PlotSpec, scatterPlot } from '@featurescope/core';
import { RANDOM } from './place.js';
import type { ConsistencyRow } from './results.js';

/** Mean and deviation of each part, side by side within each layer; random boxes last and in grey. */
export function consistencyPlot(rows: readonly ConsistencyRow[]): PlotSpec {
  const parts = [...new Set(rows.map(({ part }) => part))];
  const { $schema, title, background, config, encoding } = scatterPlot({
    title: 'Do features change alike when the same part is hidden?',
    xLabel: 'layer',
    yLabel: 'signs that differ',
    series: parts.map((name) => ({ name, points: [] })),
  });
  const { color } = encoding as { readonly color: { readonly scale: { readonly range: readonly string[] } } };
  const range = parts.map((part, i) => (part === RANDOM ? '#8a8a8a' : color.scale.range[i]));
  const values = rows.map(({ layer, part, mean, deviation }) => ({
    layer,
    part,
    mean,
    low: Math.max(0, mean - deviation),
    high: mean + deviation,
  }));
  const y = { type: 'quantitative', title: 'signs that differ, mean ± deviation', scale: { zero: true } };
  return {
    $schema,
    title,
    background,
    config,
    width: { step: 44 },
    height: 280,
    data: { values },
    encoding: {
      x: {
        field: 'layer',
        type: 'nominal',
        sort: null,
        title: 'layer',
        axis: { labelAngle: 0, labelLimit: 240 },
        scale: { paddingInner: 0.3 },
      },
      xOffset: { field: 'part', sort: parts },
      color: { ...color, field: 'part', title: null, sort: null, legend: {}, scale: { domain: parts, range } },
    },
    layer: [
      { mark: { type: 'rule', strokeWidth: 2 }, encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } } },
      { mark: { type: 'tick', thickness: 2, size: 12 }, encoding: { y: { ...y, field: 'low' } } },
      { mark: { type: 'tick', thickness: 2, size: 12 }, encoding: { y: { ...y, field: 'high' } } },
      { mark: { type: 'point', filled: true, size: 80, opacity: 1 }, encoding: { y: { ...y, field: 'mean' } } },
    ],
  };
}
