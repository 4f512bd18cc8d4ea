import type { Model, VisualizerEvent } from '@featurescope/core';
import { memoryState, testContext, tinyModel } from '@featurescope/core/testing';
import { feature } from '../../src/feature/feature.js';

export type Given = Parameters<typeof feature>[0];

/** All events of a run without inputs. */
export async function events(given: Given, model?: Model, state = memoryState()): Promise<VisualizerEvent[]> {
  const used = model ?? (await tinyModel());
  const all: VisualizerEvent[] = [];
  const { visualizer, options } = feature(given);
  for await (const event of visualizer.run(testContext({ model: used, inputs: [], state }), options as never)) all.push(event);
  return all;
}

export interface Row {
  readonly unit: number;
  readonly label: string;
  readonly start: number;
  readonly activation: number;
  readonly dead: boolean;
}

/** The table of a run. */
export function rows(all: readonly VisualizerEvent[]): Row[] {
  for (const event of all) {
    if (event.type !== 'artifact' || event.artifact.kind !== 'table') continue;
    return event.artifact.rows.map(
      ([unit, label, , start, activation, dead]) => ({ unit, label, start, activation, dead }) as unknown as Row,
    );
  }
  throw new Error('no table');
}

export const warnings = (all: readonly VisualizerEvent[]): string[] =>
  all.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

/** The tensors of a run, in their order. */
export const tensors = (all: readonly VisualizerEvent[]) =>
  all.flatMap((event) => (event.type === 'artifact' && event.artifact.kind === 'tensor' ? [event.artifact] : []));

export const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))).reduce(
    (max, value) => (value > max || Number.isNaN(value) ? value : max),
    0,
  );
