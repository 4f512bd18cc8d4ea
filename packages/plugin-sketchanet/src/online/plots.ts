import { linePlot, type PlotSpec, rowCount, rowOf } from '@featurescope/core';
import { CLASS_COLOURS } from './colours.js';
import { type Course, leadingClasses } from './course.js';
import type { OnlineAccuracy } from './evaluate.js';

/** Accuracy of all models against the share of the drawing, with intervals as bands. */
export function accuracyPlot(accuracies: readonly OnlineAccuracy[], share: string): PlotSpec {
  const models = [...new Set(accuracies.map(({ model }) => model))];
  const {
    data: _data,
    mark: _mark,
    encoding: _encoding,
    ...frame
  } = linePlot({ title: 'Unfinished drawings that were held out', xLabel: '', yLabel: '', series: [] });
  const x = { field: 'fraction', type: 'quantitative', title: share, scale: { zero: false, nice: false } };
  const colour = {
    field: 'model',
    type: 'nominal',
    title: null,
    sort: null,
    legend: { symbolType: 'circle', symbolOpacity: 1 },
    scale: { domain: models, range: models.map((_, i) => CLASS_COLOURS[i % CLASS_COLOURS.length]) },
  };
  const y = { type: 'quantitative', title: 'accuracy, with 95 % intervals', scale: { zero: true } };
  return {
    ...frame,
    data: { values: accuracies.map(({ model, fraction, accuracy, low, high }) => ({ model, fraction, accuracy, low, high })) },
    encoding: { x, color: colour },
    layer: [
      { mark: { type: 'area', opacity: 0.13 }, encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } } },
      { mark: { type: 'line', point: true }, encoding: { y: { ...y, field: 'accuracy' } } },
    ],
  };
}

/** Probabilities of the leading classes of a model against the share of a drawing. */
export function coursePlot({ name, classes, steps, decisions }: Course, model: string, title: string, share: string): PlotSpec {
  const decision = decisions.find((one) => one.model === model);
  const leading = leadingClasses(decisions);
  const rows = decision?.probabilities;
  return linePlot({
    title: `${name}: ${title}`,
    xLabel: share,
    yLabel: 'probability',
    fromZero: true,
    series: leading.map((index) => ({
      name: classes[index] ?? String(index),
      points: rows ? Array.from({ length: rowCount(rows) }, (_, i) => [steps[i]?.fraction ?? 1, rowOf(rows, i)[index] ?? 0]) : [],
    })),
  });
}
