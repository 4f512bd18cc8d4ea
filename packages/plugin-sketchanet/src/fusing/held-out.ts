import { createRandom, type RunContext } from '@featurescope/core';
import { type Collection, collectDrawings, type Example, type Fold, splitCollection } from '../training/collection.js';
import { foldOutside, halfASplit, noDataset, noDrawingsLeft } from './errors.js';

/** The drawings of one fold: those that its networks learned from, and those that are new to them. No id is on both sides. */
export interface Sides {
  readonly split: Fold;
  readonly training: readonly Example[];
  readonly heldOut: readonly Example[];
}

/** What is said of networks whose files do not tell. @throws FeaturescopeError when only half is said, or there is no such part */
export function givenSplit(
  { folds, fold }: { readonly folds?: number | undefined; readonly fold?: number | undefined },
  visualizer: string,
): Fold | undefined {
  if (folds === undefined && fold === undefined) return undefined;
  if (folds === undefined || fold === undefined) throw halfASplit(visualizer);
  if (fold > folds) throw foldOutside(visualizer, { folds, fold });
  return { folds, fold };
}

/** The drawings of the classes that networks know. @throws FeaturescopeError when there is no data set, or no drawing of any class */
export async function drawingsOfClasses(
  { dataset }: Pick<RunContext, 'dataset'>,
  classes: readonly string[],
  visualizer: string,
): Promise<Collection> {
  if (!dataset) throw noDataset(visualizer);
  return collectDrawings(dataset, { classes, minDrawings: 0 });
}

/** Both sides of a fold; at most `limit` drawings of a class on each. @throws FeaturescopeError when a side is empty */
export function sidesOf(
  collection: Collection,
  split: Fold,
  limit: number | undefined,
  of: readonly [visualizer: string, dataset: string],
): Sides {
  const { training, heldOut } = splitCollection(collection, split);
  if (heldOut.examples.length === 0) throw noDrawingsLeft(...of, split, 'held out');
  if (training.examples.length === 0) throw noDrawingsLeft(...of, split, 'learned from');
  return { split, training: firstOfEach(training.examples, limit), heldOut: firstOfEach(heldOut.examples, limit) };
}

/** At most `limit` drawings of each class, the first ones. */
export function firstOfEach(examples: readonly Example[], limit = Infinity): readonly Example[] {
  const counts = new Map<number, number>();
  return examples.filter(({ label }) => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return count <= limit;
  });
}

/**
 * Part of a drawing, from 0, in a split that has nothing to do with the folds of the training: drawn from its id and the purpose alone, so
 * that several forms of one drawing are in one part.
 */
export const partOf = (id: string, parts: number, purpose: string): number =>
  Math.floor(createRandom(0).fork(purpose).fork(id).uniform() * parts);

/** What is tested, in words. */
export function aboutSides(sides: readonly Sides[], classes: number, views: number): string {
  const count = sides.reduce((sum, { heldOut }) => sum + heldOut.length, 0);
  const of = sides[0]?.split.folds ?? 0;
  const parts = sides.map(({ split }) => split.fold).join(', ');
  const which = sides.length === of ? `all ${of} folds` : `fold${sides.length > 1 ? 's' : ''} ${parts} of ${of}`;
  return `${count} held-out drawings of ${classes} classes, ${which}, ${views} view${views > 1 ? 's' : ''}`;
}
