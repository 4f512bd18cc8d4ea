import type { Artifact, VisualizerEvent } from '@featurescope/core';

/** The results in the end: what replaces something has its place. */
export function resultsOf(events: readonly VisualizerEvent[]): readonly Artifact[] {
  const results = new Map<string, Artifact>();
  for (const event of events)
    if (event.type === 'artifact') {
      const { kind, name, layer, unit } = event.artifact;
      results.set([kind, name, layer, unit].join(), event.artifact);
    }
  return [...results.values()];
}

export interface Row {
  readonly layer: string;
  readonly unit: number;
  readonly checkpoint: string;
  readonly input: string;
  readonly y: number;
  readonly x: number;
  readonly value: number;
  readonly changed: boolean;
}

export const COLUMNS = ['layer', 'unit', 'checkpoint', 'input', 'y', 'x', 'value', 'changed'];

/** The rows of a table by its name. */
export function tableOf(events: readonly VisualizerEvent[], name = 'evolution'): readonly Row[] {
  const table = resultsOf(events).find((artifact) => artifact.kind === 'table' && artifact.name === name);
  if (table?.kind !== 'table') throw new Error(`no table ${name}`);
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])) as unknown as Row);
}

export const warningsOf = (events: readonly VisualizerEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
