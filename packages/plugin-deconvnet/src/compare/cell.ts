import type { Image } from '@featurescope/core';
import type { Method } from './methods.js';
import type { Place } from './plan.js';
import type { Shown } from './run-on.js';
import type { Subject } from './subject.js';

export interface Failed {
  readonly kind: 'failed';
  readonly error: unknown;
}

/** One method at one place. */
export interface Cell {
  readonly method: Method;
  readonly place: Place;
  readonly subject: Subject;
  readonly result: Shown | Failed;
}

/** A place, and what all methods look at there. */
export interface Seen {
  readonly place: Place;
  readonly picture: Image;
}

/** Everything that was found for one page. */
export interface Filled {
  readonly cells: readonly Cell[];
  readonly seen: readonly Seen[];
}
