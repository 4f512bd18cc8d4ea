import { type Rows, rowCount } from '../algebra/rows.js';
import { notFinite, tooFewClasses, unfitLabels, unknownLabel } from './errors.js';

/** @throws FeaturescopeError when labels do not fit rows and classes, or a number is not finite */
export function checkSamples(who: string, rows: Rows, labels: ArrayLike<number>, classes: number): void {
  const count = rowCount(rows);
  if (count !== labels.length || count === 0) throw unfitLabels(who, labels.length, count);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw unknownLabel(who, label, classes);
  }
  const bad = rows.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw notFinite(who, Math.floor(bad / rows.columns));
}

/** @throws FeaturescopeError when fewer than two classes have samples */
export function checkClasses(who: string, labels: ArrayLike<number>): void {
  const present = new Set(Array.from(labels)).size;
  if (present < 2) throw tooFewClasses(who, present);
}
