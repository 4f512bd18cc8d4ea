import type { Artifact, LayerName } from '@featurescope/core';
import type { Comparison } from './comparisons.js';
import { type Consistency, consistencyOf, pairDistances, ROUNDING } from './consistency.js';
import { RANDOM } from './place.js';
import { consistencyPlot } from './plot.js';

/** A line of the table: a part, or the random boxes of all parts together. */
export interface ConsistencyRow extends Consistency {
  readonly layer: LayerName;
  readonly part: string;
  /** Mean for random boxes of the sizes of this part. */
  readonly random?: number;
}

/** The signs of each layer of each picture that took part in a comparison. */
export interface Compared extends Pick<Comparison, 'part' | 'repetition'> {
  readonly signs: readonly (readonly Int8Array[])[];
}

/** Layer by layer: each part, then the random boxes. */
export function rowsOf(layers: readonly LayerName[], compared: readonly Compared[]): readonly ConsistencyRow[] {
  return layers.flatMap((layer, l) => {
    const distances = compared.map(({ part, repetition, signs }) => ({
      part,
      isRandom: repetition !== undefined,
      found: pairDistances(signs.map((ofPicture) => ofPicture[l] ?? new Int8Array())),
    }));
    const drawn = distances.filter(({ isRandom }) => isRandom);
    const parts = distances
      .filter(({ isRandom }) => !isRandom)
      .map(({ part, found }) => {
        const others = drawn.filter((other) => other.part === part).flatMap((other) => other.found);
        return { layer, part, ...consistencyOf(found), ...(others.length > 0 ? { random: consistencyOf(others).mean } : {}) };
      });
    if (drawn.length === 0) return parts;
    const all = consistencyOf(drawn.flatMap(({ found }) => found));
    return [...parts, { layer, part: RANDOM, ...all, random: all.mean }];
  });
}

const MEANING = [
  'Consistency of the change of features when a part is hidden (Zeiler & Fergus, arXiv:1311.2901): the share of features whose sign of x − x̃ (−1, 0 or 1) differs',
  'between two pictures, mean over all ordered pairs i ≠ j; smaller is more consistent.',
  'deviation is the standard deviation of the pairs about their mean, divided by their number, not an error of the mean.',
  `A change within ${ROUNDING} of the largest magnitude of the layer on the picture counts as none.`,
].join(' ');

/** Table and plot. */
export function consistencyArtifacts(rows: readonly ConsistencyRow[], repetitions: number): readonly Artifact[] {
  const hasRandom = repetitions > 0;
  const again = `"${RANDOM}": boxes of the same sizes at random places, ${repetitions} repetitions, all pairs of all repetitions and parts together; the column random has those of the part's own sizes.`;
  const description = hasRandom ? `${MEANING} ${again}` : MEANING;
  return [
    {
      kind: 'table',
      name: 'consistency',
      columns: ['layer', 'part', 'mean', 'deviation', 'pairs', ...(hasRandom ? ['random'] : [])],
      rows: rows.map(({ layer, part, mean, deviation, pairs, random }) => [
        layer,
        part,
        mean,
        deviation,
        pairs,
        ...(random === undefined ? [] : [random]),
      ]),
      description,
    },
    { kind: 'plot', name: 'consistency', plot: consistencyPlot(rows), description },
  ];
}
