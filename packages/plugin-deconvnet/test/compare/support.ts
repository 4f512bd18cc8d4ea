import {
  type Artifact,
  defineVisualizer,
  type Image,
  type RunContext,
  type VisualizerEvent,
  type VisualizerFamily,
} from '@featurescope/core';
import { z } from 'zod';

type Table = Extract<Artifact, { kind: 'table' }>;

export const artifactsOf = (events: readonly VisualizerEvent[]): Artifact[] =>
  events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));

export const warningsOf = (events: readonly VisualizerEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

/** The rows of all tables of cells, as objects. */
export const cellsOf = (events: readonly VisualizerEvent[]): Record<string, unknown>[] =>
  artifactsOf(events)
    .filter((artifact): artifact is Table => artifact.kind === 'table' && artifact.name === 'comparison')
    .flatMap(({ columns, rows }) => rows.map((row) => Object.fromEntries(row.map((value, i) => [columns[i] ?? '', value]))));

export const imagesOf = (events: readonly VisualizerEvent[]): Image[] =>
  artifactsOf(events).flatMap((artifact) => (artifact.kind === 'image' ? [artifact.image] : []));

/** A visualizer of another package: attributes the first channel times a factor, without any target. */
export const mapping = (name: string, factor: number, family?: VisualizerFamily) =>
  defineVisualizer({
    name,
    summary: 'the first channel of the input',
    ...(family ? { family } : {}),
    options: z.strictObject({ factor: z.number().default(factor).describe('factor') }),
    async *run({ inputs, model }, options): AsyncGenerator<VisualizerEvent> {
      for (const input of inputs) {
        const picture = await input.tensor(model.input);
        const [, height, width, channels] = picture.shape;
        const values = (await picture.data()).filter((_, i) => i % channels === 0) as Float32Array;
        picture.dispose();
        const data = values.map((value) => value * options.factor);
        yield { type: 'artifact', artifact: { kind: 'tensor', name: 'attribution', shape: [height, width], data } };
      }
    },
  });

/** What a visualizer was run with. */
export interface Seen {
  readonly options: unknown;
  readonly inputs: number;
}

/** A visualizer that makes a picture of 4×4 step by step, with the options that such a one has. */
export function maker(name: string, shape: z.ZodRawShape, seen: Seen[], needsInputs = false) {
  return defineVisualizer({
    name,
    summary: 'a picture made step by step',
    family: 'input reconstruction',
    needsInputs,
    options: z.strictObject(shape),
    async *run({ inputs }: RunContext, options): AsyncGenerator<VisualizerEvent> {
      seen.push({ options, inputs: inputs.length });
      yield { type: 'warning', message: 'a word of warning' };
      const image: Image = { width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(200) };
      yield { type: 'artifact', artifact: { kind: 'image', name: 'image', image } };
      throw new Error('run on past its picture');
    },
  });
}

export const option = {
  whole: (fallback: number) => z.number().int().default(fallback).describe('a number'),
  optional: z.union([z.number(), z.string()]).optional().describe('something'),
  list: z.array(z.string()).optional().describe('several'),
};

/** A visualizer that always fails. */
export const failing = defineVisualizer({
  name: 'failing',
  summary: 'nothing',
  family: 'input modification',
  options: z.strictObject({}),
  // biome-ignore lint/correctness/useYield: it fails first
  async *run(): AsyncGenerator<VisualizerEvent> {
    throw new Error('no such luck');
  },
});
