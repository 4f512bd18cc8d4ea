import type { Artifact } from '@featurescope/core';
import { changesOf, settledAt, type UnitHistory } from './history.js';

const COLUMNS = ['layer', 'unit', 'checkpoint', 'input', 'y', 'x', 'value', 'changed'] as const;

/**
 * The strongest stimulus of each unit at each checkpoint, and whether it is another than before. Units that are 0 everywhere have the first
 * picture; cells are empty where no activation is a finite number.
 */
export function evolutionTable(histories: readonly UnitHistory[], checkpoints: readonly string[]): Artifact {
  const rows = histories.flatMap(({ layer, unit, winners }) => {
    const changed = changesOf(winners);
    return checkpoints.map((checkpoint, i) => {
      const winner = winners[i];
      const found = winner ? [winner.name, winner.at[0], winner.at[1], winner.value] : ['', '', '', ''];
      return [layer, unit, checkpoint, ...found, changed[i] ?? false];
    });
  });
  const description = 'the strongest stimulus of each unit at each checkpoint, and whether it is another picture than at the one before';
  return { kind: 'table', name: 'evolution', columns: COLUMNS, rows, description };
}

/** From which checkpoint on a unit's strongest stimulus stays the same, and which it is. */
export function settledTable(histories: readonly UnitHistory[], checkpoints: readonly string[]): Artifact {
  const rows = histories.map(({ layer, unit, winners }) => [
    layer,
    unit,
    checkpoints[settledAt(winners)] ?? '',
    winners.at(-1)?.name ?? '',
  ]);
  const description = 'the checkpoint from which on the strongest stimulus of each unit stays the same; the last one: it has not settled';
  return { kind: 'table', name: 'settled', columns: ['layer', 'unit', 'checkpoint', 'input'], rows, description };
}
