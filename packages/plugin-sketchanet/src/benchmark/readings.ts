import type { Rows } from '@featurescope/core';
import { showingsOf, type ViewCounts } from '../fusing/fold.js';
import type { Showing } from '../fusing/readings-cache.js';
import type { Example } from '../training/collection.js';
import type { Contenders } from './contenders.js';

/** What all networks are shown, by whose turn it is. */
export interface Showings {
  /** One list a fold of the ensemble. */
  readonly ensemble: readonly (readonly Showing[])[];
  readonly rivals: readonly Showing[];
  readonly strangers: readonly Showing[];
  readonly extractor: readonly Showing[];
}

/** Strangers and extractors see each drawing once, in the middle: they have no canvas around what they see, out of which crops could be cut. */
export function benchmarkShowings(
  { plan, sides, rivals, strangers, extractor }: Contenders,
  examples: readonly Example[],
  counts: ViewCounts,
): Showings {
  const tested = [...sides.values()].flatMap(({ heldOut }) => heldOut);
  return {
    ensemble: plan.folds.map((fold) => showingsOf(fold, counts)),
    rivals: rivals.map(({ name, model, fold }) => ({
      name,
      model,
      examples: sides.get(fold)?.heldOut ?? [],
      views: counts.views,
      layers: [model.logits],
    })),
    strangers: strangers.map(({ name, model }) => ({ name, model, examples: tested, views: 1, layers: [model.logits] })),
    extractor: extractor ? [{ name: extractor.name, model: extractor.model, examples, views: 1, layers: [extractor.layer] }] : [],
  };
}

export const allShowings = ({ ensemble, rivals, strangers, extractor }: Showings): readonly Showing[] => [
  ...ensemble.flat(),
  ...rivals,
  ...strangers,
  ...extractor,
];

type Answer = readonly Rows[];

/** Answers to `allShowings` in the order of the showings, handed back to those who asked. */
export function dealt(
  showings: Showings,
  answers: readonly Answer[],
): {
  readonly ensemble: readonly (readonly Answer[])[];
  readonly rivals: readonly Answer[];
  readonly strangers: readonly Answer[];
  readonly extractor: readonly Answer[];
} {
  let from = 0;
  const next = (count: number): readonly Answer[] => {
    from += count;
    return answers.slice(from - count, from);
  };
  return {
    ensemble: showings.ensemble.map(({ length }) => next(length)),
    rivals: next(showings.rivals.length),
    strangers: next(showings.strangers.length),
    extractor: next(showings.extractor.length),
  };
}
