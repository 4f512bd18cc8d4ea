import type { Artifact, ConfiguredVisualizer, Input, VisualizerEvent } from '@featurescope/core';
import { testContext, tinyModel } from '@featurescope/core/testing';

/** Runs a visualizer on inputs and gathers what it yields. */
export async function gathered({ visualizer, options }: ConfiguredVisualizer, inputs: readonly Input[], seed = 1) {
  const model = await tinyModel();
  const events: VisualizerEvent[] = [];
  try {
    for await (const event of visualizer.run(testContext({ model, inputs, seed }), options as never)) events.push(event);
  } finally {
    model.dispose();
  }
  const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const find = <K extends Artifact['kind']>(kind: K, name: string) =>
    artifacts.find((artifact): artifact is Extract<Artifact, { kind: K }> => artifact.kind === kind && artifact.name === name);
  return { artifacts, find, warnings: events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])) };
}
