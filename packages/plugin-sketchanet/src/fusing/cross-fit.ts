import { createRows, type Rows, rowOf, selectRows } from '@featurescope/core';
import { fitWeights } from '../fusion/fit-weights.js';
import { weightedScores } from '../fusion/scores.js';
import type { Example } from '../training/collection.js';
import { labelsOf } from './fold.js';
import { partOf } from './held-out.js';

const PARTS = 5;

export interface CrossFitted {
  /** Fused probabilities, [drawings, classes]. */
  readonly scores: Rows;
  /** Weights of the networks, mean over the drawings. */
  readonly weights: Float64Array;
}

/**
 * Weighted mean of held-out drawings, each with weights that were fitted on the other four fifths of them. They are not fitted on the drawings that the
 * networks learned from: there all networks are nearly certain and nearly always right, so that these would favour what has learned by heart the most.
 */
export function crossFitted(members: readonly Rows[], examples: readonly Example[]): CrossFitted {
  const parts = examples.map(({ id }) => partOf(id, PARTS, 'weights'));
  const labels = labelsOf(examples);
  const scores = createRows(examples.length, members[0]?.columns ?? 0);
  const mean = new Float64Array(members.length);
  for (let part = 0; part < PARTS; part++) {
    const own = places(parts, (other) => other === part);
    if (own.length === 0) continue;
    const others = places(parts, (other) => other !== part);
    const weights = weightsOn(members, labels, others);
    const fused = weightedScores(
      members.map((member) => selectRows(member, own)),
      weights,
    );
    own.forEach((place, i) => {
      scores.data.set(rowOf(fused, i), place * scores.columns);
    });
    weights.forEach((weight, m) => {
      mean[m] = (mean[m] ?? 0) + (weight * own.length) / examples.length;
    });
  }
  return { scores, weights: mean };
}

/** Equal ones where there is nothing to fit on. */
function weightsOn(members: readonly Rows[], labels: Int32Array, rows: readonly number[]): Float64Array {
  if (rows.length === 0) return new Float64Array(members.length).fill(1 / members.length);
  return fitWeights(
    members.map((member) => selectRows(member, rows)),
    rows.map((row) => labels[row] ?? 0),
  ).weights;
}

const places = (parts: readonly number[], wanted: (part: number) => boolean): readonly number[] =>
  parts.flatMap((part, place) => (wanted(part) ? [place] : []));
