import {
  type Artifact,
  contactSheet,
  type Extent,
  enlarge,
  heatmap,
  type InputSpec,
  linePlot,
  overlay,
  toImage,
  type VisualizerEvent,
} from '@featurescope/core';
import { areaUnder, picturesOn, type Way } from './curve.js';

/** Scores from no pixel changed to all of them. */
export interface Curves {
  readonly deletion: readonly number[];
  readonly insertion: readonly number[];
}

/** Where each of the two curves begins and ends. */
export type Ends = Readonly<Record<keyof Curves, Omit<Way, 'order'>>>;

/** What was found for one input. */
export interface Measured {
  readonly input: string;
  readonly method: string;
  /** The target in words. */
  readonly label: string;
  /** What the scores are. */
  readonly score: string;
  readonly curves: Curves;
  /** Mean over random orders. */
  readonly random?: Curves;
}

/** What is shown of the way. */
export interface Shown {
  /** What pixels are ordered by, [H, W]. */
  readonly map: Float32Array;
  readonly size: Extent;
  readonly ends: Ends;
  readonly order: Uint32Array;
  readonly spec: InputSpec;
}

/** Point by point. */
export const meanCurves = (all: readonly Curves[]): Curves => ({
  deletion: meanOf(all.map(({ deletion }) => deletion)),
  insertion: meanOf(all.map(({ insertion }) => insertion)),
});

const meanOf = (curves: readonly (readonly number[])[]): number[] =>
  (curves[0] ?? []).map((_, k) => curves.reduce((sum, curve) => sum + (curve[k] ?? 0), 0) / curves.length);

/** Areas, tables, plot and pictures of one input. */
export function* curveArtifacts(result: Measured, shown: Shown): Generator<VisualizerEvent> {
  const { input, method, label, score, curves, random } = result;
  const areas = areasOf(result);
  for (const [series, value] of Object.entries(areas)) yield { type: 'metric', series, step: 0, value, input };
  const of = `${score} of ${label}, pixels in the order of ${method}`;
  const text = `${of}: area under the deletion curve ${three(areas['deletion-auc'])} (small is good), under the insertion curve ${three(areas['insertion-auc'])} (large is good)`;
  const compared = random ? `; in random order ${three(areas['random-deletion-auc'])} and ${three(areas['random-insertion-auc'])}` : '';
  yield artifact(table('deletion-insertion', input, curves, `${text}${compared}`));
  if (random)
    yield artifact(
      table('deletion-insertion-random', input, random, `${score} of ${label}, pixels in random order, mean of several orders`),
    );
  yield artifact({ kind: 'plot', name: 'deletion-insertion', input, plot: plotOf(result), description: `${text}${compared}` });
  const { map, size, spec, ends } = shown;
  yield artifact({
    kind: 'tensor',
    name: 'order',
    input,
    shape: size,
    data: map,
    description: `${method} of ${label}: pixels with large numbers go first`,
  });
  const heat = heatmap(map, size);
  const picture = toImage(ends.deletion.from, ends.deletion.shape, spec);
  yield artifact({
    kind: 'image',
    name: 'order',
    input,
    image: overlay(picture, heat),
    description: `${method} of ${label}: pixels with large numbers go first`,
  });
  yield artifact({
    kind: 'image',
    name: 'stages',
    input,
    image: stages(shown),
    description: `${of}: what the network was shown, pixels removed above, put in below`,
  });
}

const artifact = (given: Artifact): VisualizerEvent => ({ type: 'artifact', artifact: given });

const three = (value: number | undefined): string => (value ?? Number.NaN).toPrecision(3);

const fractions = (curve: readonly number[]): number[] => curve.map((_, k) => k / (curve.length - 1));

const table = (name: string, input: string, { deletion, insertion }: Curves, description: string): Artifact => ({
  kind: 'table',
  name,
  input,
  columns: ['fraction', 'deletion', 'insertion'],
  rows: fractions(deletion).map((fraction, k) => [fraction, deletion[k] ?? 0, insertion[k] ?? 0]),
  description,
});

function areasOf({ curves, random }: Measured): Readonly<Record<string, number>> {
  const of = (prefix: string, { deletion, insertion }: Curves) => ({
    [`${prefix}deletion-auc`]: areaUnder(deletion),
    [`${prefix}insertion-auc`]: areaUnder(insertion),
  });
  return { ...of('', curves), ...(random ? of('random-', random) : {}) };
}

function plotOf({ method, label, score, curves, random }: Measured) {
  const line = (name: string, curve: readonly number[]) => ({ name, points: fractions(curve).map((x, k) => [x, curve[k] ?? 0] as const) });
  return linePlot({
    title: `${label}: pixels in the order of ${method}`,
    xLabel: 'share of the pixels removed or put in',
    yLabel: score,
    fromZero: score === 'probability',
    series: [
      line('deletion', curves.deletion),
      line('insertion', curves.insertion),
      ...(random ? [line('deletion, random', random.deletion), line('insertion, random', random.insertion)] : []),
    ],
  });
}

/** Shares of the pixels at which pictures are shown. */
const STAGES = [0, 0.05, 0.1, 0.25, 0.5, 0.75] as const;

/** Side in pixels that pictures are enlarged to at least. */
const SIDE = 96;

function stages({ ends, order, spec, size }: Shown) {
  const pixels = order.length;
  const changed = STAGES.map((share) => Math.round(share * pixels));
  const factor = Math.max(1, Math.ceil(SIDE / Math.min(...size)));
  const row = (way: Omit<Way, 'order'>) =>
    [...picturesOn({ ...way, order }, changed)].map((values) => enlarge(toImage(values, way.shape, spec), factor));
  const labels = STAGES.map((share) => `${Math.round(share * 100)}%`);
  return contactSheet([...row(ends.deletion), ...row(ends.insertion)], { columns: STAGES.length, labels: [...labels, ...labels] });
}

/** Areas under the curves of all inputs. */
export function areasArtifact(all: readonly Measured[]): Artifact {
  const names = ['deletion-auc', 'insertion-auc', 'random-deletion-auc', 'random-insertion-auc'].filter((name) =>
    all.every((one) => name in areasOf(one)),
  );
  return {
    kind: 'table',
    name: 'areas',
    columns: ['input', 'target', ...names],
    rows: all.map((one) => [one.input, one.label, ...names.map((name) => areasOf(one)[name] ?? 0)]),
    description: 'areas under the curves: deletion should be small, insertion large, both in comparison with a random order',
  };
}
