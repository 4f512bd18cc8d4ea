import { type Artifact, type LayerName, linePlot, type PlotSpec } from '@featurescope/core';
import { z } from 'zod';
import { TRANSFORMATIONS, type TransformationName } from './transform.js';

const measured = z.strictObject({
  name: z.enum(TRANSFORMATIONS),
  amount: z.number(),
  /** Of each layer. */
  distances: z.array(z.number()),
  probability: z.number(),
});

export const inputResult = z.strictObject({
  input: z.string(),
  class: z.number().int().min(0),
  measured: z.array(measured),
});

/** What one transformation did to one picture. */
export type Measured = z.output<typeof measured>;

export type InputResult = z.output<typeof inputResult>;

const AXES: Readonly<Record<TransformationName, string>> = {
  'vertical-translation': 'pixels down',
  'horizontal-translation': 'pixels to the right',
  scale: 'scale',
  rotation: 'degrees counter-clockwise',
};

/** A table of everything, and for each transformation a plot of distances and probability with a line for each input. */
export function invarianceArtifacts(
  results: readonly InputResult[],
  layers: readonly LayerName[],
  labels?: readonly string[],
): readonly Artifact[] {
  const followed = results.map(({ input, class: chosen }) => `${input}: ${labels?.[chosen] ?? chosen}`).join('; ');
  const rows = results.flatMap(({ input, class: chosen, measured: all }) =>
    all.map(({ name, amount, distances, probability }) => [
      input,
      name,
      amount,
      ...distances,
      chosen,
      ...(labels ? [labels[chosen] ?? ''] : []),
      probability,
    ]),
  );
  const done = TRANSFORMATIONS.filter((name) => results.some((result) => result.measured.some((one) => one.name === name)));
  return [
    {
      kind: 'table',
      name: 'invariance',
      columns: [
        'input',
        'transformation',
        'amount',
        ...layers.map((layer) => `distance ${layer}`),
        'class',
        ...(labels ? ['label'] : []),
        'probability',
      ],
      rows,
      description:
        'Euclidean distance of the features of a changed picture from those of the original, and the probability of its class (Zeiler & Fergus, arXiv:1311.2901, figure 5)',
    },
    ...done.map(
      (name): Artifact => ({
        kind: 'plot',
        name,
        plot: invariancePlot(name, results, layers),
        description: `what a ${name.replace('-', ' ')} does to the features and to the probability of the class (${followed})`,
      }),
    ),
  ];
}

/** One panel a layer and one for the probability, side by side. */
function invariancePlot(name: TransformationName, results: readonly InputResult[], layers: readonly LayerName[]): PlotSpec {
  const panel = (title: string, yLabel: string, value: (one: Measured) => number): PlotSpec => {
    const series = results.map(({ input, measured: all }) => ({
      name: input,
      points: all.filter((one) => one.name === name).map((one) => [one.amount, value(one)] as const),
    }));
    const spec = linePlot({ title, xLabel: AXES[name], yLabel, fromZero: true, series });
    return name === 'rotation' ? withQuarters(spec, results) : spec;
  };
  const panels = [
    ...layers.map((layer, l) => panel(layer, 'distance of the features', ({ distances }) => distances[l] ?? 0)),
    panel('probability of the class', 'probability', ({ probability }) => probability),
  ];
  const [first] = panels;
  const { $schema, background, config } = first ?? {};
  return {
    $schema,
    background,
    config,
    title: { text: `Invariance: ${name.replace('-', ' ')}`, anchor: 'start', offset: 18 },
    bounds: 'flush',
    spacing: 76,
    hconcat: panels.map(({ title, data, mark, encoding }) => ({ title, data, mark, encoding, width: 260, height: 220 })),
  };
}

/** Marks right angles on the axis, where amounts reach as far. */
function withQuarters(spec: PlotSpec, results: readonly InputResult[]): PlotSpec {
  const degrees = results.flatMap(({ measured: all }) => all.filter(({ name }) => name === 'rotation').map(({ amount }) => amount));
  const [least, most] = [Math.min(...degrees), Math.max(...degrees)];
  if (!(most - least >= 180)) return spec;
  const first = Math.ceil(least / 90);
  const values = Array.from({ length: Math.floor(most / 90) - first + 1 }, (_, i) => 90 * (first + i));
  const { x, ...encoding } = spec['encoding'] as { readonly x: object };
  return { ...spec, encoding: { ...encoding, x: { ...x, axis: { values } } } };
}
