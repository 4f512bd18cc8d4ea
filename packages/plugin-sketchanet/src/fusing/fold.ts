import { type LayerName, type Model, probabilities, type Rows } from '@featurescope/core';
import { featureLayer } from '../ensemble/readings.js';
import type { Views } from '../ensemble/views.js';
import { meanOfViews } from '../fusion/scores.js';
import type { Example } from '../training/collection.js';
import type { Sides } from './held-out.js';
import type { FoldPlan } from './plan.js';
import type { Showing } from './readings-cache.js';

/** Drawings as rows, each as many times as it is viewed. */
export interface Seen {
  readonly examples: readonly Example[];
  readonly views: Views;
  /** Features of each network, [drawings · views, units]. */
  readonly features: readonly Rows[];
}

/** All that is known of one fold when decisions are made. */
export interface FoldReadings {
  readonly classes: number;
  readonly heldOut: Seen;
  /** Probabilities of each network for the held-out drawings, [drawings, classes]. */
  readonly probabilities: readonly Rows[];
  /** Of the drawings learned from; left out where nothing is fitted on them. */
  readonly gallery?: Seen;
}

export interface ViewCounts {
  readonly views: Views;
  /** Left out: the drawings learned from are not looked at. */
  readonly galleryViews?: Views;
}

/** What the networks of a fold are shown: each the held-out drawings, then each the gallery. */
export function showingsOf({ networks, sides }: FoldPlan, { views, galleryViews }: ViewCounts): readonly Showing[] {
  const shown = (examples: readonly Example[], count: Views, layersOf: (model: Model) => readonly LayerName[]): readonly Showing[] =>
    networks.map(({ name, model }) => ({ name, model, examples, views: count, layers: layersOf(model) }));
  const heldOut = shown(sides.heldOut, views, (model) => [model.logits, featureLayer(model)]);
  if (galleryViews === undefined) return heldOut;
  return [...heldOut, ...shown(sides.training, galleryViews, (model) => [featureLayer(model)])];
}

/** What was read in answer to `showingsOf`. The scores of a drawing's views are added up before the softmax, as the authors of Sketch-a-Net do. */
export function foldReadings(
  rows: readonly (readonly Rows[])[],
  sides: Sides,
  classes: number,
  { views, galleryViews }: ViewCounts,
): FoldReadings {
  const members = galleryViews === undefined ? rows.length : rows.length / 2;
  const [first, second] = [rows.slice(0, members), rows.slice(members)];
  return {
    classes,
    heldOut: { examples: sides.heldOut, views, features: first.flatMap(([, features]) => features ?? []) },
    probabilities: first.flatMap(([scores]) => (scores ? [probabilities(meanOfViews(scores, views))] : [])),
    ...(galleryViews !== undefined && {
      gallery: { examples: sides.training, views: galleryViews, features: second.flatMap(([features]) => features ?? []) },
    }),
  };
}

export const labelsOf = (examples: readonly Example[]): Int32Array => Int32Array.from(examples, ({ label }) => label);

/** The class of every row. */
export const rowLabels = ({ examples, views }: Pick<Seen, 'examples' | 'views'>): Int32Array =>
  Int32Array.from({ length: examples.length * views }, (_, row) => examples[Math.floor(row / views)]?.label ?? 0);
