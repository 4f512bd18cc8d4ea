import { type Artifact, defineVisualizer, type VisualizerEvent } from '@featurescope/core';
import { z } from 'zod';

/** Attributes to every pixel its own first channel, [H, W], whatever the network; takes no target. */
export const ownValue = defineVisualizer({
  name: 'own-value',
  summary: 'the first channel of the input',
  options: z.strictObject({}),
  async *run({ inputs, model }): AsyncGenerator<VisualizerEvent> {
    for (const input of inputs) {
      const picture = await input.tensor(model.input);
      const [, height, width, channels] = picture.shape;
      const data = (await picture.data()).filter((_, i) => i % channels === 0) as Float32Array;
      picture.dispose();
      yield { type: 'artifact', artifact: { kind: 'tensor', name: 'attribution', shape: [height, width], data } };
    }
  },
});

type Table = Extract<Artifact, { kind: 'table' }>;

export const tablesOf = (events: readonly VisualizerEvent[], name: string): Table[] =>
  events.flatMap((event) =>
    event.type === 'artifact' && event.artifact.kind === 'table' && event.artifact.name === name ? [event.artifact] : [],
  );

/** A column of the first table of a name. */
export function columnOf(events: readonly VisualizerEvent[], name: string, column: string): (string | number | boolean)[] {
  const [table] = tablesOf(events, name);
  const index = table?.columns.indexOf(column) ?? -1;
  if (!table || index < 0) throw new Error(`no column ${column} in a table ${name}`);
  return table.rows.map((row) => row[index] ?? '');
}

export const numbersOf = (events: readonly VisualizerEvent[], name: string, column: string): number[] =>
  columnOf(events, name, column).map(Number);
