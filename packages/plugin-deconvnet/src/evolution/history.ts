import type { LayerName } from '@featurescope/core';
import type { RankedLayer, Ranking, Strong } from '../top-activations/tracking/ranking.js';

/** The strongest activation of a unit over the data; undefined where none is a finite number. */
export type Winner = Strong | undefined;

/** What was strongest for one unit at one checkpoint after the other. */
export interface UnitHistory {
  readonly layer: LayerName;
  readonly unit: number;
  readonly winners: readonly Winner[];
}

/** The histories of all units, from the rankings of the checkpoints in their order. */
export const historiesOf = (layers: readonly RankedLayer[], rankings: readonly Ranking[]): readonly UnitHistory[] =>
  layers.flatMap(({ layer, units }) =>
    units.map((unit, place) => ({ layer, unit, winners: rankings.map((ranking) => ranking.strongest(layer)[place]?.[0]) })),
  );

/** At which checkpoints another stimulus is the strongest than at the one before ("sudden jumps", Zeiler & Fergus 2014, section 4.1). */
export const changesOf = (winners: readonly Winner[]): readonly boolean[] =>
  winners.map((winner, i) => i > 0 && winner?.item !== winners[i - 1]?.item);

/** The checkpoint from which on the strongest stimulus stays the same. */
export const settledAt = (winners: readonly Winner[]): number => Math.max(changesOf(winners).lastIndexOf(true), 0);

/** Whether a unit answers to anything. */
export const fires = (winner: Winner): boolean => winner !== undefined && winner.value !== 0;

/** For each checkpoint, the share of units for which `holds`; of those that fire at the last one. Empty when none does. */
export function shares(
  histories: readonly UnitHistory[],
  holds: (winners: readonly Winner[], checkpoint: number) => boolean,
): readonly number[] {
  const firing = histories.filter(({ winners }) => fires(winners.at(-1)));
  const checkpoints = firing[0]?.winners.length ?? 0;
  return Array.from({ length: checkpoints }, (_, i) => firing.filter(({ winners }) => holds(winners, i)).length / firing.length);
}
