import type { Model, RunContext } from '@featurescope/core';
import { loadMembers, membersByFold } from '../ensemble/ensemble.js';
import type { Collection, Fold } from '../training/collection.js';
import { drawingsOfClasses, givenSplit, type Sides, sidesOf } from './held-out.js';
import { alike, type NamedModel } from './member-names.js';

/** The networks of one fold, and the drawings that they learned from and those that are new to them. */
export interface FoldPlan {
  readonly sides: Sides;
  readonly networks: readonly NamedModel[];
}

/** Networks and drawings that go together. */
export interface Plan {
  readonly models: readonly Model[];
  readonly classes: readonly string[];
  readonly collection: Collection;
  readonly folds: readonly FoldPlan[];
  /** What was said of networks whose files do not tell. */
  readonly otherwise?: Fold;
}

export interface PlanOptions {
  readonly ensemble: readonly string[];
  readonly folds?: number | undefined;
  readonly fold?: number | undefined;
  readonly limit?: number | undefined;
}

/** Loads networks and drawings. @throws FeaturescopeError when they do not go together */
export async function planned(context: RunContext, options: PlanOptions, visualizer: string): Promise<Plan> {
  const otherwise = givenSplit(options, visualizer);
  const { members, classes } = await loadMembers(context, options.ensemble, visualizer);
  const groups = membersByFold(members, visualizer, otherwise);
  const networks = alike(groups, visualizer);
  const collection = await drawingsOfClasses(context, classes, visualizer);
  const folds = groups.map(({ split }, i): FoldPlan => {
    const sides = sidesOf(collection, split, options.limit, [visualizer, context.dataset?.name ?? '']);
    return { sides, networks: networks[i] ?? [] };
  });
  return { models: members, classes, collection, folds, ...(otherwise && { otherwise }) };
}
