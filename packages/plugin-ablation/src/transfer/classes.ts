import type { Dataset } from '@featurescope/core';
import { unknownClasses } from '../errors.js';
import { repeatedClass, tooFewClasses, tooFewInNamed } from './errors.js';
import type { ItemLabels } from './labels.js';

/** A class that is told apart from the others. */
export interface StudiedClass {
  readonly name: string;
  /** Its items in the data set. */
  readonly items: readonly number[];
}

export interface ClassChoice {
  /** Left out: all with enough pictures. */
  readonly classes?: readonly string[] | undefined;
  /** Training pictures of a class at most; one more is needed to test on. */
  readonly mostPerClass: number;
}

/**
 * The classes of a study, and the names of those that have too few pictures and are left out.
 * @throws FeaturescopeError when a class that was named does not exist or has too few pictures, or fewer than two are left
 */
export function chooseClasses(
  dataset: Dataset,
  labels: ItemLabels,
  choice: ClassChoice,
): { readonly classes: readonly StudiedClass[]; readonly leftOut: readonly string[] } {
  const needed = choice.mostPerClass + 1;
  const named = namedClasses(dataset, choice.classes);
  const found = named.map((name): StudiedClass => {
    const own = dataset.labels.indexOf(name);
    return { name, items: labels.flatMap((label, item) => (label === own ? [item] : [])) };
  });
  const short = found.filter(({ items }) => items.length < needed);
  const described = short.map(({ name, items }) => `"${name}" has ${items.length} picture(s)`);
  if (choice.classes && short.length > 0) throw tooFewInNamed(dataset.name, described, needed);
  const classes = found.filter(({ items }) => items.length >= needed);
  if (classes.length < 2)
    throw tooFewClasses(
      dataset.name,
      classes.length,
      needed,
      found.reduce((most, { items }) => Math.max(most, items.length), 0),
    );
  return { classes, leftOut: described };
}

/** @throws FeaturescopeError when a name is given twice, or is none of the data set */
export function namedClasses({ name, labels }: Dataset, given: readonly string[] | undefined): readonly string[] {
  if (!given) return labels;
  const twice = given.find((one, i) => given.indexOf(one) !== i);
  if (twice !== undefined) throw repeatedClass(twice);
  const missing = given.filter((one) => !labels.includes(one));
  if (missing.length > 0) throw unknownClasses('transfer', name, missing, labels);
  return given;
}
