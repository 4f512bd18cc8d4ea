import { decide, type Rows, type RunContext, selectRows } from '@featurescope/core';
import { unitFeatures } from '../fusing/features.js';
import type { Sides } from '../fusing/held-out.js';
import { type Verdict, verdict } from '../fusing/pooled.js';
import { meanOfViews } from '../fusion/scores.js';
import type { Example } from '../training/collection.js';
import { selectColumns } from './restrict.js';
import { type Described, type SvmSettings, svmDecisions } from './support-vectors.js';

/** Rows of drawings, one each, by the drawing. */
export interface RowsOfAll {
  readonly rows: Rows;
  readonly places: ReadonlyMap<Example, number>;
}

export const placesOf = (examples: readonly Example[]): ReadonlyMap<Example, number> => new Map(examples.map((example, i) => [example, i]));

const described = ({ rows, places }: RowsOfAll, examples: readonly Example[]): Described => ({
  examples,
  features: selectRows(
    rows,
    examples.map((example) => places.get(example) ?? 0),
  ),
});

export interface SvmQuestion {
  readonly name: string;
  readonly all: RowsOfAll;
  /** Whether features come in units of their own, such as those of a network, and have to be scaled first. */
  readonly scaled: boolean;
  readonly note: string;
}

/** Held-out drawings of a fold by a support vector machine on features. */
export async function svmVerdict({ name, all, scaled, note }: SvmQuestion, sides: Sides, settings: SvmSettings): Promise<Verdict> {
  const known = described(all, sides.training);
  const given = described(all, sides.heldOut);
  const prepared = scaled ? unitFeatures(known.features) : (rows: Rows) => rows;
  const found = await svmDecisions({ ...known, features: prepared(known.features) }, prepared(given.features), settings);
  return verdict(name, sides.split.fold, sides.heldOut, found.decided, [found.note, note].filter(Boolean).join(', '));
}

/** Held-out drawings of a fold by the class scores of a network, added up over their views. */
export const scoresVerdict = (name: string, sides: Sides, scores: Rows, views: number, note = ''): Verdict =>
  verdict(name, sides.split.fold, sides.heldOut, decide(meanOfViews(scores, views)), note);

/** The same by a network of more classes, whose rows are those of all drawings. */
export function restrictedVerdict(name: string, sides: Sides, all: RowsOfAll, columns: readonly number[], note: string): Verdict {
  const { features } = described(all, sides.heldOut);
  return verdict(name, sides.split.fold, sides.heldOut, decide(selectColumns(features, columns)), note);
}

export const svmSettings = ({ random, signal }: RunContext, classes: number, prices: readonly number[]): SvmSettings => ({
  classes,
  prices,
  random: random.fork('svm'),
  signal,
});
