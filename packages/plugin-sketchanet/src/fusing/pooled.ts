import { type Accuracy, accuracyOf } from '../fusion/interval.js';
import type { Example } from '../training/collection.js';
import { labelsOf } from './fold.js';

/** What one method, or one network, decided on drawings that were new to it, over all its folds. */
export interface Verdict {
  readonly name: string;
  readonly examples: readonly Example[];
  readonly decided: Int32Array;
  /** Fold of each drawing, from 1. */
  readonly folds: Int32Array;
  /** One a fold, where there is something to say. */
  readonly notes: readonly string[];
}

/** Verdicts of one name of several folds as one, in the order in which they begin. */
export function pooled(parts: readonly Verdict[]): readonly Verdict[] {
  const byName = new Map<string, Verdict>();
  for (const part of parts) {
    const known = byName.get(part.name);
    byName.set(part.name, known ? joined(known, part) : part);
  }
  return [...byName.values()];
}

const joined = (a: Verdict, b: Verdict): Verdict => ({
  name: a.name,
  examples: [...a.examples, ...b.examples],
  decided: Int32Array.from([...a.decided, ...b.decided]),
  folds: Int32Array.from([...a.folds, ...b.folds]),
  notes: [...a.notes, ...b.notes],
});

export const verdict = (name: string, fold: number, examples: readonly Example[], decided: Int32Array, note = ''): Verdict => ({
  name,
  examples,
  decided,
  folds: new Int32Array(examples.length).fill(fold),
  notes: note === '' ? [] : [note],
});

/** Share of right decisions with its 95 % interval (Wilson), over all folds together. */
export const accuracy = ({ decided, examples }: Verdict): Accuracy => accuracyOf(decided, labelsOf(examples));

/** Notes in one cell: what several folds say alike is said once. */
export const noteOf = ({ notes }: Verdict): string => [...new Set(notes)].join('; ');

/** The verdict with the most right decisions among drawings of the same number; of equals the first. */
export function bestOf(verdicts: readonly Verdict[]): Verdict | undefined {
  let best: readonly [Verdict, number] | undefined;
  for (const one of verdicts) {
    const value = accuracy(one).accuracy;
    if (!best || value > best[1]) best = [one, value];
  }
  return best?.[0];
}
