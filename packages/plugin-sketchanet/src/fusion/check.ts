import { type Rows, rowCount } from '../algebra/rows.js';
import { noMembers, notFinite, tooFewClasses, unfitLabels, unknownLabel, unlikeMembers } from './errors.js';

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

/** The first member, once all are known to have as many rows. @throws FeaturescopeError when they do not fit together */
export function checkMembers(members: readonly Rows[], sameColumns: boolean): Rows {
  const [first] = members;
  if (!first) throw noMembers();
  members.forEach((member, i) => {
    if (rowCount(member) !== rowCount(first)) throw unlikeMembers(i, `${rowCount(member)} row(s)`, String(rowCount(first)));
    if (sameColumns && member.columns !== first.columns) throw unlikeMembers(i, `${member.columns} column(s)`, String(first.columns));
  });
  return first;
}
