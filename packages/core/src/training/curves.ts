import { linePlot } from '../plot/plot.js';
import type { EpochRecord, TrainingEvent } from './events.js';

type Point = readonly [x: number, y: number];

const series = (name: string, history: readonly EpochRecord[], value: (record: EpochRecord) => number | undefined) => ({
  name,
  points: history.flatMap((record): Point[] => {
    const y = value(record);
    return y === undefined ? [] : [[record.epoch, y]];
  }),
});

function lossPlot(name: string, history: readonly EpochRecord[]) {
  const lines = [series('training', history, (r) => r.loss), series('measured', history, (r) => r.measured?.loss)];
  return linePlot({
    title: `Loss of ${name}`,
    xLabel: 'epoch',
    yLabel: 'mean cross-entropy',
    series: lines.filter(({ points }) => points.length > 0),
  });
}

function accuracyPlot(name: string, history: readonly EpochRecord[]) {
  const lines = [
    series('training, top-1', history, (r) => r.accuracy),
    series('measured, top-1', history, (r) => r.measured?.top1),
    series('measured, top-5', history, (r) => r.measured?.top5),
  ];
  return linePlot({
    title: `Accuracy of ${name}`,
    xLabel: 'epoch',
    yLabel: 'part right',
    series: lines.filter(({ points }) => points.length > 0),
  });
}

const COLUMNS = ['epoch', 'learning rate', 'loss', 'accuracy', 'measured loss', 'measured top-1', 'measured top-5'];

/** Loss, accuracy and learning rate over the epochs, as plots and as a table, and the list of checkpoints. */
export function* trainingCurves(name: string, history: readonly EpochRecord[]): Generator<TrainingEvent> {
  if (history.length === 0) return;
  yield { type: 'artifact', artifact: { kind: 'plot', name: 'loss', plot: lossPlot(name, history) } };
  yield { type: 'artifact', artifact: { kind: 'plot', name: 'accuracy', plot: accuracyPlot(name, history) } };
  const rate = linePlot({
    title: 'Learning rate',
    xLabel: 'epoch',
    yLabel: 'rate',
    series: [series('rate', history, (r) => r.learningRate)],
    fromZero: true,
  });
  yield { type: 'artifact', artifact: { kind: 'plot', name: 'learning-rate', plot: rate } };
  const rows = history.map(({ epoch, learningRate, loss, accuracy, measured }) => [
    epoch,
    learningRate,
    loss,
    accuracy,
    measured?.loss ?? '',
    measured?.top1 ?? '',
    measured?.top5 ?? '',
  ]);
  yield { type: 'artifact', artifact: { kind: 'table', name: 'history', columns: COLUMNS, rows } };
  const kept = history.flatMap(({ epoch, checkpoint, measured }) =>
    checkpoint === undefined ? [] : [{ epoch, file: checkpoint, measured }],
  );
  yield { type: 'artifact', artifact: { kind: 'json', name: 'checkpoints', value: kept } };
}
