import { type Random, unfitLabels } from '@featurescope/core';
import { mixedGroup, tooFewGroups } from './errors.js';

/**
 * The fold, from 0, of every sample for cross-validation. Samples of a group (a drawing and its variants) share a fold; within each class,
 * groups are dealt out in random order to the fold with the fewest samples of the class, then with the fewest at all.
 * @throws FeaturescopeError when a group has two classes, or a class fewer groups than folds
 */
export function stratifiedFolds(labels: ArrayLike<number>, groups: ArrayLike<number>, folds: number, random: Random): Int32Array {
  if (labels.length !== groups.length || labels.length === 0) throw unfitLabels('Folds', labels.length, groups.length);
  const members = membersOf(labels, groups);
  const byClass = new Map<number, number[]>();
  for (const [group, { label }] of members) byClass.set(label, [...(byClass.get(label) ?? []), group]);

  const foldOf = new Map<number, number>();
  const total = new Int32Array(folds);
  for (const label of [...byClass.keys()].sort((a, b) => a - b)) {
    const own = (byClass.get(label) ?? []).sort((a, b) => a - b);
    if (own.length < folds) throw tooFewGroups(label, own.length, folds);
    const ofClass = new Int32Array(folds);
    for (const place of random.fork(label).permutation(own.length)) {
      const group = own[place] ?? 0;
      const size = members.get(group)?.size ?? 0;
      const fold = emptiest(ofClass, total);
      foldOf.set(group, fold);
      ofClass[fold] = (ofClass[fold] ?? 0) + size;
      total[fold] = (total[fold] ?? 0) + size;
    }
  }
  return Int32Array.from(groups, (group) => foldOf.get(group) ?? 0);
}

function membersOf(labels: ArrayLike<number>, groups: ArrayLike<number>): Map<number, { readonly label: number; size: number }> {
  const members = new Map<number, { readonly label: number; size: number }>();
  for (let i = 0; i < groups.length; i++) {
    const [group, label] = [groups[i] ?? 0, labels[i] ?? 0];
    const known = members.get(group);
    if (known && known.label !== label) throw mixedGroup(group, [known.label, label]);
    if (known) known.size++;
    else members.set(group, { label, size: 1 });
  }
  return members;
}

function emptiest(ofClass: Int32Array, total: Int32Array): number {
  let best = 0;
  for (let fold = 1; fold < total.length; fold++) {
    const [own, least] = [ofClass[fold] ?? 0, ofClass[best] ?? 0];
    if (own < least || (own === least && (total[fold] ?? 0) < (total[best] ?? 0))) best = fold;
  }
  return best;
}

/** Places of the samples outside a fold, to train on, and inside it, to test on. */
export function splitByFold(folds: Int32Array, fold: number): { readonly train: Int32Array; readonly test: Int32Array } {
  const places = Int32Array.from(folds.keys());
  return { train: places.filter((i) => folds[i] !== fold), test: places.filter((i) => folds[i] === fold) };
}
