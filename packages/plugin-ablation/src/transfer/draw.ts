import type { Random } from '@featurescope/core';
import type { StudiedClass } from './classes.js';

/** Items of a data set for one random draw of training and test pictures. */
export interface Fold {
  /** For each class, in random order: the first n are what n pictures a class are learned from. */
  readonly training: readonly (readonly number[])[];
  /** For each class: the same for every n, and none of `training`. */
  readonly tested: readonly (readonly number[])[];
}

/** Draws a fold: of a random order of each class the first `training` to learn from, and at most `tested` of the rest. */
export function drawFold(
  classes: readonly StudiedClass[],
  counts: { readonly training: number; readonly tested: number },
  random: Random,
): Fold {
  const orders = classes.map(({ name, items }) => Array.from(random.fork(name).permutation(items.length), (at) => items[at] ?? 0));
  return {
    training: orders.map((order) => order.slice(0, counts.training)),
    tested: orders.map((order) => order.slice(counts.training, counts.training + counts.tested)),
  };
}

/** Some items with the index of their class. */
export interface Sample {
  readonly items: readonly number[];
  readonly labels: readonly number[];
}

/** The first n of each class, one of every class after the other. */
export function firstOfEach(byClass: readonly (readonly number[])[], n: number): Sample {
  const [items, labels]: [number[], number[]] = [[], []];
  for (let place = 0; place < n; place++)
    for (const [label, own] of byClass.entries()) {
      const item = own[place];
      if (item === undefined) continue;
      items.push(item);
      labels.push(label);
    }
  return { items, labels };
}

/** All items of every class. */
export const allOf = (byClass: readonly (readonly number[])[]): Sample =>
  firstOfEach(byClass, Math.max(...byClass.map((own) => own.length)));
