import {
  type Artifact,
  channelSum,
  contactSheet,
  enlarge,
  heatmap,
  type Image,
  type LayerName,
  linePlot,
  type PlotSpec,
  type VisualizerEvent,
} from '@featurescope/core';
import { asMap } from '../../attribution/attribution.js';
import type { MadeAttribution } from '../../attribution/run-attribution.js';
import type { Likeness } from './likeness.js';
import type { SanityOptions } from './options.js';

/** The attribution with weights up to one layer randomised. */
export interface RandomisedLayer {
  readonly layer: LayerName;
  readonly attribution: MadeAttribution;
  readonly likeness: Likeness;
}

/** The attribution of another unit. */
export interface RandomLogit {
  readonly unit: number;
  readonly label: string;
  readonly attribution: MadeAttribution;
  readonly likeness: Likeness;
}

/** All checks of one input. */
export interface Checked {
  readonly input: string;
  readonly method: string;
  /** The target in words, where there is one. */
  readonly label: string | undefined;
  readonly original: MadeAttribution;
  /** From the target down. */
  readonly layers: readonly RandomisedLayer[];
  readonly logits: readonly RandomLogit[];
}

/** Side in pixels that maps are enlarged to at least. */
const SIDE = 128;

/** Tables, plot, maps and numbers of one input. */
export function* sanityArtifacts({ input, method, label, original, layers, logits }: Checked, options: SanityOptions): Generator<Artifact> {
  const of = `${method}${label === undefined ? '' : ` of ${label}`}`;
  const what = `${of}, weights randomised ${WAYS[options.mode]}`;
  const likenesses = layers.map(({ likeness }) => likeness);
  const names = layers.map(({ layer }) => layer);
  yield* likenessArtifacts({ method, names, likenesses, description: what, options }, { input });
  const all = [original, ...layers.map(({ attribution }) => attribution)];
  const order = `original, then ${names.join(', ')}`;
  yield {
    kind: 'image',
    name: 'sanity',
    input,
    image: sheet(all, ['original', ...names]),
    description: `${what}; each map has a scale of its own`,
  };
  yield { ...stacked(all), kind: 'tensor', name: 'sanity', input, description: `${what}: ${order}` };
  if (logits.length === 0) return;
  const others = logits.map(({ unit, label: name }) => (name ? `${unit} (${name})` : `${unit}`));
  const text = `${of}, and of other units of the same layer: ${others.join(', ')}`;
  yield {
    kind: 'table',
    name: 'random-logit',
    input,
    columns: ['unit', 'label', 'correlation', 'signed', 'ssim'],
    rows: logits.map(({ unit, label: name, likeness }) => [unit, name, likeness.magnitude, likeness.signed, likeness.ssim]),
    description: text,
  };
  const maps = [original, ...logits.map(({ attribution }) => attribution)];
  const titles = ['original', ...logits.map(({ unit, label: name }) => `${unit} ${name}`)];
  yield { kind: 'image', name: 'random-logit', input, image: sheet(maps, titles), description: `${text}; each map has a scale of its own` };
  yield { ...stacked(maps), kind: 'tensor', name: 'random-logit', input, description: text };
}

const WAYS: Readonly<Record<SanityOptions['mode'], string>> = {
  cascading: 'from the target down to each layer',
  independent: 'in one layer at a time',
};

/** What several inputs have in common: the mean of each measure, where there is more than one. */
export function* meanArtifacts(all: readonly Checked[], options: SanityOptions): Generator<VisualizerEvent> {
  const [first] = all;
  if (!first || all.length < 2) return;
  const names = first.layers.map(({ layer }) => layer);
  const mean = (depth: number, measure: keyof Likeness): number =>
    all.reduce((sum, { layers }) => sum + (layers[depth]?.likeness[measure] ?? 0), 0) / all.length;
  const likenesses = names.map((_, depth) => ({
    magnitude: mean(depth, 'magnitude'),
    signed: mean(depth, 'signed'),
    ssim: mean(depth, 'ssim'),
  }));
  const description = `${first.method}, mean over ${all.length} inputs, weights randomised ${WAYS[options.mode]}`;
  for (const artifact of likenessArtifacts({ method: first.method, names, likenesses, description, options }, {}))
    yield { type: 'artifact', artifact };
}

interface Likenesses {
  readonly method: string;
  readonly names: readonly LayerName[];
  readonly likenesses: readonly Likeness[];
  readonly description: string;
  readonly options: SanityOptions;
}

/** The table `sanity` of one measure, all of them in another one, and a plot; of an input, or of all. */
function* likenessArtifacts(
  { method, names, likenesses, description, options }: Likenesses,
  about: { readonly input?: string },
): Generator<Artifact> {
  const name = about.input === undefined ? 'sanity-mean' : 'sanity';
  const rows = likenesses.map(({ magnitude, signed, ssim }, i) => [names[i] ?? '', magnitude, signed, ssim]);
  yield {
    ...about,
    kind: 'table',
    name,
    columns: ['layer', 'correlation'],
    rows: rows.map((row) => row.slice(0, 2)),
    description: `${description}: rank correlation of magnitudes with the original attribution`,
  };
  yield {
    ...about,
    kind: 'table',
    name: `${name}-measures`,
    columns: ['layer', 'magnitude', 'signed', 'ssim'],
    rows,
    description: `${description}: rank correlation of magnitudes, of signed values, and structural similarity with the original attribution`,
  };
  yield { ...about, kind: 'plot', name, plot: likenessPlot(method, names, likenesses, options), description };
}

function likenessPlot(method: string, names: readonly LayerName[], likenesses: readonly Likeness[], { mode }: SanityOptions): PlotSpec {
  const series = (name: string, measure: keyof Likeness) => ({
    name,
    // Every measure of the original with itself is 1.
    points: [[0, 1] as const, ...likenesses.map((likeness, i) => [i + 1, likeness[measure]] as const)],
  });
  const plot = linePlot({
    title: `What is left of ${method} when weights are random`,
    xLabel: mode === 'cascading' ? 'randomised down to' : 'randomised',
    yLabel: 'likeness to the original',
    fromZero: true,
    series: [series('rank, magnitudes', 'magnitude'), series('rank, signed', 'signed'), series('structural similarity', 'ssim')],
  });
  return withNames(plot, ['nothing', ...names]);
}

/** Names in place of the numbers 0, 1, … on the horizontal axis. */
function withNames(plot: PlotSpec, names: readonly string[]): PlotSpec {
  const encoding = plot['encoding'] as { readonly x: object };
  const axis = {
    values: names.map((_, i) => i),
    labelExpr: `${JSON.stringify(names)}[datum.value]`,
    labelAngle: -60,
    labelLimit: 140,
    labelOverlap: false,
    labelFontSize: names.length > 20 ? 9 : 12,
  };
  return { ...plot, encoding: { ...encoding, x: { ...encoding.x, axis } } };
}

/** Maps side by side, each with a scale of its own. */
function sheet(attributions: readonly MadeAttribution[], labels: readonly string[]): Image {
  const maps = attributions.map(({ values, shape }) => {
    const map = asMap(shape);
    const image = heatmap(channelSum(values, map), [map[0], map[1]]);
    return enlarge(image, Math.max(1, Math.ceil(SIDE / Math.min(map[0], map[1]))));
  });
  return contactSheet(maps, { labels, gap: 4 });
}

/** Attributions of one shape as one tensor, the first axis counting them. */
function stacked(attributions: readonly MadeAttribution[]): { readonly shape: readonly number[]; readonly data: Float32Array } {
  const shape = attributions[0]?.shape ?? [];
  const length = attributions[0]?.values.length ?? 0;
  const data = new Float32Array(attributions.length * length);
  attributions.forEach(({ values }, i) => {
    data.set(values, i * length);
  });
  return { shape: [attributions.length, ...shape], data };
}
