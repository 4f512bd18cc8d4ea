import type { Model } from '@featurescope/core';
import { z } from 'zod';
import type { FoldMembers } from '../ensemble/ensemble.js';
import { unlikeFolds } from './errors.js';

/** A network with the name of its row, which is the same for the networks of all folds that were trained alike. */
export interface NamedModel {
  readonly name: string;
  readonly model: Model;
}

const trained = z.object({ training: z.object({ name: z.string().min(1) }) });

/** What a network is called in a table: the name of its training without the fold, or else its own. */
export function nameOf({ name, details }: Pick<Model, 'name' | 'details'>): string {
  const known = trained.safeParse(details);
  return (known.success ? known.data.training.name : name).replace(/-fold-\d+$/, '');
}

/** Networks of one fold under different names: equal ones are numbered. */
function named(models: readonly Model[]): readonly NamedModel[] {
  const counts = new Map<string, number>();
  return models.map((model) => {
    const name = nameOf(model);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, model };
  });
}

/** The networks of each fold, in the order of those of the first. @throws FeaturescopeError when a fold has other networks */
export function alike(groups: readonly FoldMembers[], visualizer: string): readonly (readonly NamedModel[])[] {
  const all = groups.map(({ split, members }) => ({ split, members: named(members) }));
  const [first] = all;
  if (!first) return [];
  const names = first.members.map(({ name }) => name);
  return all.map(({ split, members }) => {
    const ordered = names.flatMap((wanted) => members.find(({ name }) => name === wanted) ?? []);
    if (ordered.length !== names.length || members.length !== names.length)
      throw unlikeFolds(visualizer, [first.split, names], [split, members.map(({ name }) => name)]);
    return ordered;
  });
}
