import type { Artifact, RunContext, VisualizerEvent } from '@featurescope/core';
import { topActivations } from '../../../src/top-activations/top-activations.js';

export type Given = NonNullable<Parameters<typeof topActivations>[0]>;

/** All events of a run; `until` ends it early, as a kill would. */
export async function eventsOf(context: RunContext, given: Given, until: (event: VisualizerEvent) => boolean = () => false) {
  const { visualizer, options } = topActivations(given);
  const events: VisualizerEvent[] = [];
  for await (const event of visualizer.run(context, options as never)) {
    events.push(event);
    if (until(event)) break;
  }
  return events;
}

export const artifactsOf = (events: readonly VisualizerEvent[]): readonly Artifact[] =>
  events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));

export interface Row {
  readonly layer: string;
  readonly unit: number;
  readonly rank: number;
  readonly input: string;
  readonly y: number;
  readonly x: number;
  readonly value: number;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const COLUMNS = ['layer', 'unit', 'rank', 'input', 'y', 'x', 'value', 'top', 'left', 'bottom', 'right'];

/** The rows of the table `top`. */
export function tableOf(events: readonly VisualizerEvent[]): readonly Row[] {
  const table = artifactsOf(events).find((artifact) => artifact.kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])) as unknown as Row);
}

export const tensorOf = (events: readonly VisualizerEvent[], layer: string, unit: number) => {
  const found = artifactsOf(events).find((one) => one.kind === 'tensor' && one.layer === layer && one.unit === unit);
  if (found?.kind !== 'tensor') throw new Error(`no tensor of ${layer}, unit ${unit}`);
  return found;
};
