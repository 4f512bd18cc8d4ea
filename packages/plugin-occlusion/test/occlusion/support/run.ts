import type { Artifact, Model, Shape, VisualizerEvent } from '@featurescope/core';
import { arrayInput, type TestContextOptions, testContext } from '@featurescope/core/testing';
import type { z } from 'zod';
import { occlusion } from '../../../src/occlusion/occlusion.js';
import type { occlusionOptions } from '../../../src/occlusion/options.js';

export type Options = z.input<typeof occlusionOptions>;

/** Everything that occlusion yields for one array. */
export async function eventsOf(
  model: Model,
  shape: Shape,
  values: Float32Array,
  given: Options,
  others: Partial<TestContextOptions> = {},
): Promise<VisualizerEvent[]> {
  const events: VisualizerEvent[] = [];
  const { visualizer, options } = occlusion(given);
  const context = testContext({ model, inputs: [arrayInput('array', shape, values)], ...others });
  for await (const event of visualizer.run(context, options as never)) events.push(event);
  return events;
}

type Tensor = Extract<Artifact, { kind: 'tensor' }>;

export const artifactsOf = (events: readonly VisualizerEvent[]): Artifact[] =>
  events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));

export function tensorOf(events: readonly VisualizerEvent[], name: string): Tensor {
  const found = artifactsOf(events).find((artifact): artifact is Tensor => artifact.kind === 'tensor' && artifact.name === name);
  if (!found) throw new Error(`no tensor ${name}`);
  return found;
}

export const warningsOf = (events: readonly VisualizerEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

export const metricOf = (events: readonly VisualizerEvent[], series: string): number | undefined =>
  events.flatMap((event) => (event.type === 'metric' && event.series === series ? [event.value] : []))[0];

/** Largest difference between two arrays; infinite for different lengths. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}
