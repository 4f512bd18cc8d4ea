import type { Artifact, ConfiguredVisualizer, Model, Shape, VisualizerEvent } from '@featurescope/core';
import { arrayInput, type TestContextOptions, testContext } from '@featurescope/core/testing';

export type TensorArtifact = Extract<Artifact, { kind: 'tensor' }>;

/** Everything that a visualizer yields for one array. */
export async function eventsOf(
  { visualizer, options }: ConfiguredVisualizer,
  model: Model,
  shape: Shape,
  values: Float32Array,
  others: Partial<TestContextOptions> = {},
): Promise<VisualizerEvent[]> {
  const events: VisualizerEvent[] = [];
  const context = testContext({ model, inputs: [arrayInput('array', shape, values)], ...others });
  for await (const event of visualizer.run(context, options as never)) events.push(event);
  return events;
}

export const tensorsOf = (events: readonly VisualizerEvent[], name = 'attribution'): TensorArtifact[] =>
  events.flatMap((event) =>
    event.type === 'artifact' && event.artifact.kind === 'tensor' && event.artifact.name === name ? [event.artifact] : [],
  );

/** The attribution that a visualizer makes for one array. */
export async function attributionOfArray(...given: Parameters<typeof eventsOf>): Promise<TensorArtifact> {
  const [first] = tensorsOf(await eventsOf(...given));
  if (!first) throw new Error('no attribution');
  return first;
}

export const metricOf = (events: readonly VisualizerEvent[], series: string): number => {
  const found = events.find((event) => event.type === 'metric' && event.series === series);
  if (found?.type !== 'metric') throw new Error(`no metric ${series}`);
  return found.value;
};

/** Largest difference between two arrays of one length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
  return most;
}

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Numbers without pattern, the same every time. */
export const wave = ([height, width, channels]: Shape): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, i) => Math.sin(i * 0.37) + 0.5 * Math.cos(i * 1.7));
