import { firstOfEach } from '../fusing/held-out.js';
import { type Collection, type Example, type Fold, splitCollection } from '../training/collection.js';
import { emptySide } from './errors.js';
import type { Steps } from './options.js';
import { stepCount } from './unfinished.js';

/** Drawings in the order in which the rows of their steps follow each other. */
export interface Side {
  readonly examples: readonly Example[];
  /** Row of the first step of each drawing, and the number of all rows at the end. */
  readonly starts: Int32Array;
}

export interface Sides {
  readonly training: Side;
  readonly heldOut: Side;
}

/** The drawings to learn from and those to test with, no drawing in both. @throws FeaturescopeError when there are none */
export function sidesOf(collection: Collection, fold: Fold, steps: Steps, limit: number | undefined, dataset: string): Sides {
  const { training, heldOut } = splitCollection(collection, fold);
  return {
    training: sideOf(training.examples, steps, limit, 'learn from', dataset),
    heldOut: sideOf(heldOut.examples, steps, limit, 'test with', dataset),
  };
}

function sideOf(all: readonly Example[], steps: Steps, limit: number | undefined, what: string, dataset: string): Side {
  const examples = firstOfEach(all, limit);
  if (examples.length === 0) throw emptySide(what, dataset);
  const starts = new Int32Array(examples.length + 1);
  examples.forEach(({ drawing }, i) => {
    starts[i + 1] = (starts[i] ?? 0) + stepCount(drawing, steps);
  });
  return { examples, starts };
}
