import type { Artifact, ConfiguredVisualizer, Drawing, Model, VisualizerEvent } from '@featurescope/core';
import { drawingInput } from '@featurescope/core';
import { testContext } from '@featurescope/core/testing';

/** Runs a visualizer on one drawing under a model, which it disposes, and gathers what it yields. */
export async function runOn(given: Model | Promise<Model>, { visualizer, options }: ConfiguredVisualizer, drawing: Drawing) {
  const model = await given;
  const events: VisualizerEvent[] = [];
  try {
    const context = testContext({ model, inputs: [drawingInput('it', 'it.ndjson#1', drawing)] });
    for await (const event of visualizer.run(context, options as never)) events.push(event);
  } finally {
    model.dispose();
  }
  const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const find = <K extends Artifact['kind']>(kind: K, name: string) =>
    artifacts.find((artifact): artifact is Extract<Artifact, { kind: K }> => artifact.kind === kind && artifact.name === name);
  return {
    artifacts,
    find,
    warnings: events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
    metrics: new Map(events.flatMap((event) => (event.type === 'metric' ? [[event.series, event.value] as const] : []))),
    /** Values of a column of a table. */
    column: (table: string, name: string): readonly unknown[] => {
      const found = find('table', table);
      const at = found?.columns.indexOf(name) ?? -1;
      return found?.rows.map((row) => row[at]) ?? [];
    },
  };
}
