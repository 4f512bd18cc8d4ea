import { type Rows, rowCount } from '@featurescope/core';
import { noMembers, unlikeMembers } from './errors.js';

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
