import { createRandom, type Dataset, type Drawing } from '@featurescope/core';
import { noSuchClasses, tooFewClasses, tooFewDrawings } from './errors.js';

/** A drawing to learn from. */
export interface Example {
  /** The same for one drawing in several collections. */
  readonly id: string;
  readonly drawing: Drawing;
  /** Index into the classes. */
  readonly label: number;
}

/** Drawings and their classes. */
export interface Collection {
  readonly classes: readonly string[];
  readonly examples: readonly Example[];
}

/** Which classes of a data set are learned. */
export interface ClassChoice {
  /** By name, in this order; left out: all with enough drawings, sorted. */
  readonly classes?: readonly string[] | undefined;
  /** Drawings that a class needs; with 0, named classes may have none, but not all of them. */
  readonly minDrawings: number;
}

/**
 * The drawings of a data set; of several forms of one drawing, which have the same id, the first counts.
 * @throws FeaturescopeError when a class does not exist or has too few drawings, or fewer than two are left
 */
export async function collectDrawings(
  dataset: Dataset,
  { classes, minDrawings }: ClassChoice,
  onProgress?: (done: number) => void,
): Promise<Collection> {
  const byClass = await drawingsByClass(dataset, onProgress);
  const missing = classes?.filter((name) => !byClass.has(name)) ?? [];
  if (missing.length > 0 && (minDrawings > 0 || missing.length === classes?.length))
    throw noSuchClasses(dataset.name, missing, [...byClass.keys()]);
  for (const name of classes ?? []) {
    const found = byClass.get(name)?.size ?? 0;
    if (found < minDrawings) throw tooFewDrawings(name, found, minDrawings);
  }
  const chosen = classes ?? [...byClass].flatMap(([name, drawings]) => (drawings.size >= minDrawings ? [name] : [])).sort();
  if (chosen.length < 2) throw tooFewClasses(dataset.name, minDrawings);
  const examples = chosen.flatMap((name, label) =>
    [...(byClass.get(name) ?? [])].map(([id, drawing]): Example => ({ id, drawing, label })),
  );
  return { classes: chosen, examples };
}

async function drawingsByClass(
  dataset: Dataset,
  onProgress?: (done: number) => void,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Drawing>>> {
  const byClass = new Map<string, Map<string, Drawing>>();
  for (let i = 0; i < dataset.size; i++) {
    const item = await dataset.item(i);
    const name = dataset.labels[item.label ?? -1];
    if (item.kind === 'drawing' && name !== undefined) {
      const known = byClass.get(name) ?? new Map<string, Drawing>();
      const id = item.id ?? item.name;
      if (!known.has(id)) known.set(id, item.drawing);
      byClass.set(name, known);
    }
    if (i % 500 === 499) onProgress?.(i + 1);
  }
  return byClass;
}

/** What there is to say about classes without drawings, in words; nothing where every class has some. */
export function aboutAbsent({ classes, examples }: Collection): readonly string[] {
  const present = new Set(examples.map(({ label }) => label));
  const absent = classes.filter((_, label) => !present.has(label));
  if (absent.length === 0) return [];
  const named = absent.length > 5 ? `${absent.slice(0, 5).join(', ')} and ${absent.length - 5} more` : absent.join(', ');
  return [`the data set has no drawings of ${absent.length} of the ${classes.length} classes (${named}), which are not tested.`];
}

/** Which part of the drawings is held out. */
export interface Fold {
  /** Number of parts of about equal size. */
  readonly folds: number;
  /** The part that is held out, from 1. */
  readonly fold: number;
}

/**
 * Part of a drawing, from 1 to `folds`: drawn from its id alone, so that it is on the same side of every split whatever else a data set
 * holds.
 */
export const foldOf = (id: string, folds: number): number => 1 + Math.floor(createRandom(0).fork('fold').fork(id).uniform() * folds);

/** The drawings to learn from, and those that were held out. */
export function splitCollection(
  { classes, examples }: Collection,
  { folds, fold }: Fold,
): { readonly training: Collection; readonly heldOut: Collection } {
  const isOut = (example: Example): boolean => foldOf(example.id, folds) === fold;
  return {
    training: { classes, examples: examples.filter((example) => !isOut(example)) },
    heldOut: { classes, examples: examples.filter(isOut) },
  };
}
