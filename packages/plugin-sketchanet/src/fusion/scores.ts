import { createRows, type Rows, rowCount } from '@featurescope/core';
import { checkMembers } from './check.js';
import { unfitWeights } from './errors.js';

/** Mean over networks: each gives [drawings, classes]. Of probabilities, this is the sum rule (Kittler et al. 1998). */
export const meanScores = (members: readonly Rows[]): Rows =>
  weightedScores(
    members,
    members.map(() => 1),
  );

/** Weighted mean over networks; weights are divided by their sum. @throws FeaturescopeError when members or weights do not fit */
export function weightedScores(members: readonly Rows[], weights: ArrayLike<number>): Rows {
  const first = checkMembers(members, true);
  const given = Array.from(weights);
  checkWeights(given, members.length);
  const sum = given.reduce((total, w) => total + w, 0);
  const out = createRows(rowCount(first), first.columns);
  members.forEach(({ data }, m) => {
    const weight = (given[m] ?? 0) / sum;
    for (let i = 0; i < data.length; i++) out.data[i] = (out.data[i] ?? 0) + weight * (data[i] ?? 0);
  });
  return out;
}

/** @throws FeaturescopeError when there is not one weight of at least 0 for each network, or all are 0 */
export function checkWeights(weights: readonly number[], members: number): void {
  const sum = weights.reduce((total, w) => total + w, 0);
  if (weights.length !== members || weights.some((w) => !(w >= 0)) || !(sum > 0 && sum < Infinity)) throw unfitWeights(weights, members);
}

/** Features of all networks side by side: [drawings, sum of lengths]. */
export function concatenateFeatures(members: readonly Rows[]): Rows {
  const rows = rowCount(checkMembers(members, false));
  const columns = members.reduce((sum, member) => sum + member.columns, 0);
  const data = new Float32Array(rows * columns);
  let offset = 0;
  for (const member of members) {
    for (let i = 0; i < rows; i++) data.set(member.data.subarray(i * member.columns, (i + 1) * member.columns), i * columns + offset);
    offset += member.columns;
  }
  return { columns, data };
}

/** Mean over the views of each drawing: rows come as [drawing, view]. */
export function meanOfViews(scores: Rows, views: number): Rows {
  const out = createRows(rowCount(scores) / views, scores.columns);
  for (let i = 0; i < scores.data.length; i++) {
    const place = Math.floor(i / (views * scores.columns)) * scores.columns + (i % scores.columns);
    out.data[place] = (out.data[place] ?? 0) + (scores.data[i] ?? 0) / views;
  }
  return out;
}
