import type { LayerName, Model, RunContext } from '@featurescope/core';
import { membersByFold } from '../ensemble/ensemble.js';
import { featureLayer } from '../ensemble/readings.js';
import { type Sides, sidesOf } from '../fusing/held-out.js';
import { nameOf } from '../fusing/member-names.js';
import { type Plan, planned } from '../fusing/plan.js';
import type { Example } from '../training/collection.js';
import { otherClasses } from './errors.js';
import type { BenchmarkOptions } from './options.js';
import { architectureOf } from './published.js';
import { columnsFor } from './restrict.js';
import { namedSource } from './sources.js';

/** A network beside the ensemble that was trained on the same classes. */
export interface Rival {
  readonly name: string;
  readonly model: Model;
  readonly fold: number;
  readonly architecture?: string;
}

/** A network of others, of whose class scores those of the classes count. */
export interface Stranger {
  readonly name: string;
  readonly model: Model;
  readonly columns: readonly number[];
}

/** All that is compared. */
export interface Contenders {
  readonly plan: Plan;
  /** By fold, from 1: of the ensemble and of all rivals. */
  readonly sides: ReadonlyMap<number, Sides>;
  readonly rivals: readonly Rival[];
  readonly strangers: readonly Stranger[];
  readonly extractor?: { readonly name: string; readonly model: Model; readonly layer: LayerName };
}

/** Loads everything. @throws FeaturescopeError when networks, classes and drawings do not go together */
export async function contenders(context: RunContext, options: BenchmarkOptions, visualizer: string): Promise<Contenders> {
  const plan = await planned(context, options, visualizer);
  const rivals = await loaded(context, options.networks);
  for (const { model } of rivals) if (JSON.stringify(model.labels) !== JSON.stringify(plan.classes)) throw otherClasses(model.name);
  const groups = membersByFold([...plan.models, ...rivals.map(({ model }) => model)], visualizer, plan.otherwise);
  const ofEnsemble = new Map(plan.folds.map(({ sides }) => [sides.split.fold, sides]));
  const about = [visualizer, context.dataset?.name ?? ''] as const;
  const sides = new Map(
    groups.map(({ split }) => [split.fold, ofEnsemble.get(split.fold) ?? sidesOf(plan.collection, split, options.limit, about)]),
  );
  const foldOf = new Map(groups.flatMap(({ split, members }) => members.map((model) => [model, split.fold])));
  const strangers = (await loaded(context, options.pretrained)).map(({ name, model }) => ({
    name,
    model,
    columns: columnsFor(model.name, model.labels ?? [], plan.classes),
  }));
  const extractor = options.featuresOf === undefined ? undefined : await context.loadModel(options.featuresOf);
  return {
    plan,
    sides,
    rivals: rivals.map(({ name, model }) => {
      const architecture = architectureOf(model);
      return { name, model, fold: foldOf.get(model) ?? 0, ...(architecture !== undefined && { architecture }) };
    }),
    strangers,
    ...(extractor && { extractor: { name: extractor.name, model: extractor, layer: layerOf(extractor, options.featuresLayer) } }),
  };
}

const layerOf = (model: Model, layer: string | undefined): LayerName =>
  layer === undefined ? featureLayer(model) : model.layer(layer).name;

async function loaded(
  { loadModel }: Pick<RunContext, 'loadModel'>,
  sources: readonly string[] = [],
): Promise<readonly { readonly name: string; readonly model: Model }[]> {
  const found: { readonly name: string; readonly model: Model }[] = [];
  for (const text of sources) {
    const { name, source } = namedSource(text);
    const model = await loadModel(source);
    found.push({ name: name ?? nameOf(model), model });
  }
  return found;
}

/** Every drawing that is on a side of a fold, once. */
export const allExamples = (sides: Iterable<Sides>): readonly Example[] => [
  ...new Set([...sides].flatMap(({ training, heldOut }) => [...training, ...heldOut])),
];
